/** What the sample says: invented people, states and articles; no name in here is anybody's. */

import type { Data, Modality, Polarity } from "../src/data";

export const BASE = "https://example.org/";

export interface Written {
  text: string;
  positions?: {
    holder: string;
    topic: string;
    polarity: Polarity;
    modality?: Modality;
    words: string;
    about?: string;
    condition?: string;
    by?: string;
  }[];
  events?: {
    type: string;
    agent?: string;
    recipient?: string;
    object?: string;
    place?: string;
    modality?: Modality;
    words: string;
    time?: string;
  }[];
  said?: { speaker: string; words: string; form: string };
}

export const NODES: [id: string, label: string, type: string, aliases?: string[], facts?: [string, string][]][] = [
  [
    "lindqvist",
    "Mara Lindqvist",
    "Person",
    ["Lindqvist"],
    [
      ["office", "Außenministerin von Nordmark"],
      ["since", "2031"],
    ],
  ],
  ["okonjo", "Tadeus Okonjo", "Person", ["Okonjo"], [["office", "Generalsekretär der Küstenallianz"]]],
  ["verhagen", "Ilse Verhagen", "Person", ["Verhagen"], [["office", "Verteidigungsministerin von Sundland"]]],
  ["brankow", "Jurij Brankow", "Person", ["Brankow"], [["office", "Sprecher der Regierung von Osterrien"]]],
  ["salim", "Nadia Salim", "Person", ["Salim"], [["office", "Abgeordnete, Grüne Mitte"]]],
  ["hallbeck", "Per Hallbeck", "Person", ["Hallbeck"], [["office", "Präsident von Nordmark"]]],
  ["nordmark", "Nordmark", "State", ["nordmärkisch"], [["iso", "NM"]]],
  ["sundland", "Sundland", "State", [], [["iso", "SL"]]],
  ["osterrien", "Osterrien", "State", [], [["iso", "OR"]]],
  ["weissau", "Republik Weißau", "State", ["Weißau"], [["iso", "WA"]]],
  ["allianz", "Küstenallianz", "Alliance", ["Bündnis"]],
  ["rat", "Rat der Anrainer", "InternationalOrganisation"],
  ["gruene", "Grüne Mitte", "Party"],
  ["bund", "Liberaler Bund", "Party"],
  ["ministerium", "Außenministerium von Nordmark", "GovernmentBody"],
  [
    "fjordvertrag",
    "Fjordvertrag",
    "Treaty",
    [],
    [
      ["signed", "1998"],
      ["status", "gekündigt"],
    ],
  ],
  ["falke", "Flugabwehr Falke 3", "WeaponSystem", ["Falke 3"], [["category", "Flugabwehr"]]],
  ["nordwind", "Marschflugkörper Nordwind", "WeaponSystem", ["Nordwind"], [["category", "Marschflugkörper"]]],
  ["haven", "Havenstedt", "Place"],
  ["t-beitritt", "Beitritt zur Küstenallianz", "Topic"],
  ["t-lieferung", "Waffenlieferungen", "Topic"],
  ["t-sanktionen", "Sanktionen", "Topic"],
  ["t-verhandlung", "Verhandlungen", "Topic"],
  ["t-haushalt", "Verteidigungsausgaben", "Topic"],
  ["t-kontrolle", "Rüstungskontrolle", "Topic"],
];

export const ARTICLES: { id: string; title: string; date: string; publisher: string; body: Written[][] }[] = [
  {
    id: "a1",
    title: "Nordmark drängt auf Beitritt zur Küstenallianz, Osterrien droht mit Folgen",
    date: "2031-03-04",
    publisher: "Der Küstenbote",
    body: [
      [
        {
          text: "Außenministerin Mara Lindqvist hat sich für einen raschen Beitritt der Republik Weißau zur Küstenallianz ausgesprochen.",
          positions: [
            {
              holder: "lindqvist",
              topic: "t-beitritt",
              polarity: "support",
              about: "weissau",
              words: "hat sich für einen raschen Beitritt der Republik Weißau zur Küstenallianz ausgesprochen",
            },
          ],
        },
        {
          text: "„Wer jetzt zögert, lädt zur nächsten Drohung ein“, sagte Lindqvist in Havenstedt. 🛡️",
          said: { speaker: "lindqvist", words: "Wer jetzt zögert, lädt zur nächsten Drohung ein", form: "direct" },
        },
      ],
      [
        {
          text: "Der Sprecher der Regierung von Osterrien, Jurij Brankow, nannte einen solchen Schritt inakzeptabel.",
          positions: [
            {
              holder: "brankow",
              topic: "t-beitritt",
              polarity: "oppose",
              about: "weissau",
              words: "nannte einen solchen Schritt inakzeptabel",
            },
          ],
          events: [
            {
              type: "reject",
              agent: "brankow",
              recipient: "weissau",
              words: "nannte einen solchen Schritt inakzeptabel",
            },
          ],
        },
        {
          text: "Osterrien könnte dann den Marschflugkörper Nordwind an der Grenze aufstellen, sagte Brankow.",
          events: [
            {
              type: "threaten",
              agent: "osterrien",
              recipient: "weissau",
              object: "nordwind",
              modality: "hypothetical",
              words: "könnte dann den Marschflugkörper Nordwind an der Grenze aufstellen",
            },
          ],
          said: {
            speaker: "brankow",
            words: "Osterrien könnte dann den Marschflugkörper Nordwind an der Grenze aufstellen",
            form: "indirect",
          },
        },
      ],
      [
        {
          text: "Generalsekretär Tadeus Okonjo zeigte sich zurückhaltend: Ein Beitritt sei möglich, wenn Weißau den Grenzstreit löse.",
          positions: [
            {
              holder: "okonjo",
              topic: "t-beitritt",
              polarity: "conditional",
              about: "weissau",
              words: "Ein Beitritt sei möglich",
              condition: "wenn Weißau den Grenzstreit löse",
            },
          ],
          said: {
            speaker: "okonjo",
            words: "Ein Beitritt sei möglich, wenn Weißau den Grenzstreit löse",
            form: "free-indirect",
          },
        },
        {
          text: "Die Grüne Mitte fordert zugleich neue Verhandlungen mit Osterrien.",
          positions: [
            {
              holder: "gruene",
              topic: "t-verhandlung",
              polarity: "support",
              about: "osterrien",
              words: "fordert zugleich neue Verhandlungen mit Osterrien",
            },
          ],
        },
      ],
    ],
  },
  {
    id: "a2",
    title: "Sundland liefert Flugabwehr und streitet über den Haushalt",
    date: "2031-04-19",
    publisher: "Sundländer Tageblatt",
    body: [
      [
        {
          text: "Sundland hat der Republik Weißau zwei Batterien der Flugabwehr Falke 3 geliefert.",
          events: [
            {
              type: "deliver-weapons",
              agent: "sundland",
              recipient: "weissau",
              object: "falke",
              words: "hat der Republik Weißau zwei Batterien der Flugabwehr Falke 3 geliefert",
              time: "2031-04",
            },
          ],
          positions: [
            {
              holder: "sundland",
              topic: "t-lieferung",
              polarity: "support",
              about: "weissau",
              words: "zwei Batterien der Flugabwehr Falke 3 geliefert",
            },
          ],
        },
        {
          text: "Verteidigungsministerin Ilse Verhagen kündigte weitere Lieferungen an.",
          positions: [
            {
              holder: "verhagen",
              topic: "t-lieferung",
              polarity: "support",
              modality: "planned",
              words: "kündigte weitere Lieferungen an",
            },
          ],
          events: [
            {
              type: "deliver-weapons",
              agent: "verhagen",
              recipient: "weissau",
              modality: "planned",
              words: "kündigte weitere Lieferungen an",
            },
          ],
        },
      ],
      [
        {
          text: "Die Abgeordnete Nadia Salim lehnte höhere Verteidigungsausgaben ab, solange das Geld bei Schulen fehle.",
          positions: [
            {
              holder: "salim",
              topic: "t-haushalt",
              polarity: "oppose",
              words: "lehnte höhere Verteidigungsausgaben ab",
              condition: "solange das Geld bei Schulen fehle",
            },
          ],
        },
        {
          text: "Der Liberale Bund warb dagegen für höhere Verteidigungsausgaben.",
          positions: [
            {
              holder: "bund",
              topic: "t-haushalt",
              polarity: "support",
              words: "warb dagegen für höhere Verteidigungsausgaben",
            },
          ],
        },
        {
          text: "Präsident Per Hallbeck von Nordmark würde Sanktionen gegen Osterrien mittragen.",
          positions: [
            {
              holder: "hallbeck",
              topic: "t-sanktionen",
              polarity: "support",
              modality: "hypothetical",
              about: "osterrien",
              words: "würde Sanktionen gegen Osterrien mittragen",
            },
          ],
        },
      ],
    ],
  },
  {
    id: "a3",
    title: "Rat der Anrainer berät über das Ende des Fjordvertrags",
    date: "2031-06-27",
    publisher: "Der Küstenbote",
    body: [
      [
        {
          text: "Nach der Kündigung des Fjordvertrags durch Osterrien hat der Rat der Anrainer in Havenstedt getagt.",
          events: [
            {
              type: "withdraw-from-treaty",
              agent: "osterrien",
              object: "fjordvertrag",
              words: "Kündigung des Fjordvertrags durch Osterrien",
            },
            {
              type: "meet",
              agent: "rat",
              place: "haven",
              words: "hat der Rat der Anrainer in Havenstedt getagt",
              time: "2031-06-26",
            },
          ],
        },
        {
          text: "Mara Lindqvist traf dort Tadeus Okonjo und Ilse Verhagen.",
          events: [
            { type: "meet", agent: "lindqvist", recipient: "okonjo", place: "haven", words: "traf dort Tadeus Okonjo" },
          ],
        },
      ],
      [
        {
          text: "Lindqvist und das Außenministerium von Nordmark verlangten Sanktionen gegen Osterrien.",
          positions: [
            {
              holder: "lindqvist",
              topic: "t-sanktionen",
              polarity: "support",
              about: "osterrien",
              words: "verlangten Sanktionen gegen Osterrien",
            },
            {
              holder: "ministerium",
              topic: "t-sanktionen",
              polarity: "support",
              about: "osterrien",
              words: "verlangten Sanktionen gegen Osterrien",
            },
          ],
        },
        {
          text: "Brankow wies Sanktionen zurück und bot Verhandlungen über Rüstungskontrolle an.",
          positions: [
            { holder: "brankow", topic: "t-sanktionen", polarity: "oppose", words: "wies Sanktionen zurück" },
            {
              holder: "brankow",
              topic: "t-kontrolle",
              polarity: "support",
              modality: "possible",
              words: "bot Verhandlungen über Rüstungskontrolle an",
            },
          ],
        },
        {
          text: "Nach Angaben von Okonjo sieht Osterrien einen Beitritt Weißaus weiter als Bedrohung.",
          positions: [
            {
              holder: "osterrien",
              topic: "t-beitritt",
              polarity: "oppose",
              about: "weissau",
              by: "okonjo",
              words: "sieht Osterrien einen Beitritt Weißaus weiter als Bedrohung",
            },
          ],
        },
        {
          text: "Salim begrüßte das Angebot, nannte es aber auch durchsichtig.",
          positions: [
            {
              holder: "salim",
              topic: "t-kontrolle",
              polarity: "ambivalent",
              words: "begrüßte das Angebot, nannte es aber auch durchsichtig",
            },
          ],
        },
        {
          text: "Okonjo und die Küstenallianz nahmen das Angebot zur Kenntnis.",
          positions: [
            { holder: "allianz", topic: "t-kontrolle", polarity: "neutral", words: "nahmen das Angebot zur Kenntnis" },
          ],
        },
      ],
    ],
  },
];

export const NAMES: Data["meta"]["names"] = {
  Person: { de: "Person", en: "person" },
  State: { de: "Staat", en: "state" },
  Alliance: { de: "Bündnis", en: "alliance" },
  InternationalOrganisation: { de: "internationale Organisation", en: "international organisation" },
  Party: { de: "Partei", en: "party" },
  GovernmentBody: { de: "staatliche Stelle", en: "government body" },
  Treaty: { de: "Vertrag", en: "treaty" },
  WeaponSystem: { de: "Waffensystem", en: "weapon system" },
  Place: { de: "Ort", en: "place" },
  Topic: { de: "Thema", en: "topic" },
  "t-beitritt": { de: "Beitritt zur Küstenallianz", en: "accession to the Coastal Alliance" },
  "t-lieferung": { de: "Waffenlieferungen", en: "arms deliveries" },
  "t-sanktionen": { de: "Sanktionen", en: "sanctions" },
  "t-verhandlung": { de: "Verhandlungen", en: "negotiations" },
  "t-haushalt": { de: "Verteidigungsausgaben", en: "defence spending" },
  "t-kontrolle": { de: "Rüstungskontrolle", en: "arms control" },
  supports: { de: "befürwortet", en: "supports" },
  opposes: { de: "lehnt ab", en: "opposes" },
  threaten: { de: "drohen", en: "threaten" },
  reject: { de: "zurückweisen", en: "reject" },
  meet: { de: "sich treffen", en: "meet" },
  "deliver-weapons": { de: "Waffen liefern", en: "deliver weapons" },
  "withdraw-from-treaty": { de: "Vertrag kündigen", en: "withdraw from a treaty" },
  memberOf: { de: "Mitglied von", en: "member of" },
  foreignMinisterOf: { de: "Außenministerin von", en: "foreign minister of" },
  office: { de: "Amt", en: "office" },
  since: { de: "seit", en: "since" },
  iso: { de: "Kürzel", en: "code" },
  category: { de: "Kategorie", en: "category" },
  signed: { de: "unterzeichnet", en: "signed" },
  status: { de: "Stand", en: "status" },
};
