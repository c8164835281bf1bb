/** Indexes over the data: who is connected by what. Built once when the page opens. */

import type { Article, Data, Event } from "./data";
import { type Text, textOf } from "./text";

/** The graph opens whole up to this many nodes, and as a neighbourhood above. */
export const WHOLE_UP_TO = 300;
/** The most neighbours shown of one node. */
export const NEIGHBOURS_UP_TO = 120;

export interface Model {
  data: Data;
  nodeAt: Map<string, number>; // by IRI
  edgesOf: number[][]; // by node
  heldBy: number[][]; // positions by holder
  heldOn: number[][]; // positions by topic
  eventsOf: number[][]; // events by any participant
  saidBy: number[][]; // statements by speaker
  mentionedIn: Map<number, number[]>[]; // by node: article -> places in its mentions
  positionsIn: number[][]; // by article
  eventsIn: number[][];
  statementsIn: number[][];
  topics: number[]; // nodes on which positions are held
  actors: number[]; // nodes that hold positions or act
  text(article: number): Text;
}

export function buildModel(data: Data): Model {
  const perNode = (): number[][] => data.nodes.map(() => []);
  const perArticle = (): number[][] => data.articles.map(() => []);
  const texts = new Map<number, Text>();
  const model: Model = {
    data,
    nodeAt: new Map(data.nodes.map((node, index) => [node.iri, index])),
    edgesOf: perNode(),
    heldBy: perNode(),
    heldOn: perNode(),
    eventsOf: perNode(),
    saidBy: perNode(),
    mentionedIn: data.nodes.map(() => new Map<number, number[]>()),
    positionsIn: perArticle(),
    eventsIn: perArticle(),
    statementsIn: perArticle(),
    topics: [],
    actors: [],
    text: (article) => {
      const known = texts.get(article) ?? textOf(data.articles[article]?.text ?? "");
      texts.set(article, known);
      return known;
    },
  };
  indexFacts(model);
  indexMentions(model, data.articles);
  model.topics = byCount(model.heldOn);
  model.actors = byCount(data.nodes.map((_, node) => [...model.heldBy[node]!, ...actsOf(model, node)]));
  return model;
}

function indexFacts(model: Model): void {
  const { data } = model;
  data.edges.forEach((edge, index) => {
    for (const node of new Set([edge.source, edge.target])) model.edgesOf[node]?.push(index);
  });
  data.positions.forEach((position, index) => {
    model.heldBy[position.holder]?.push(index);
    model.heldOn[position.topic]?.push(index);
    model.positionsIn[position.evidence.article]?.push(index);
  });
  data.events.forEach((event, index) => {
    for (const node of participants(event)) model.eventsOf[node]?.push(index);
    model.eventsIn[event.evidence.article]?.push(index);
  });
  data.statements.forEach((statement, index) => {
    if (statement.speaker !== null) model.saidBy[statement.speaker]?.push(index);
    model.statementsIn[statement.article]?.push(index);
  });
}

function indexMentions(model: Model, articles: readonly Article[]): void {
  articles.forEach((article, at) => {
    article.mentions.forEach(([, , node], index) => {
      const places = model.mentionedIn[node];
      if (!places) return;
      const known = places.get(at);
      if (known) known.push(index);
      else places.set(at, [index]);
    });
  });
}

export function participants(event: Event): number[] {
  const roles = [event.agent, event.recipient, event.object, event.place];
  return [...new Set(roles.filter((node): node is number => node !== null))];
}

function actsOf(model: Model, node: number): number[] {
  return model.eventsOf[node]!.filter((index) => model.data.events[index]!.agent === node);
}

function byCount(lists: readonly number[][]): number[] {
  const filled = lists.map((list, index) => ({ index, count: list.length })).filter(({ count }) => count > 0);
  return filled.sort((a, b) => b.count - a.count || a.index - b.index).map(({ index }) => index);
}

/** The node mentioned most, the first of them; null in an empty graph. */
export function mostMentioned(data: Data): number | null {
  let best: number | null = null;
  data.nodes.forEach((node, index) => {
    if (best === null || node.mentions > data.nodes[best]!.mentions) best = index;
  });
  return best;
}

export function firstAround(data: Data): number[] {
  const most = mostMentioned(data);
  return data.nodes.length <= WHOLE_UP_TO || most === null ? [] : [most];
}
