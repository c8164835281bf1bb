"""German text -> spaCy `Doc`. The only place that builds a spaCy `Language`."""

from kg.nlp.pipeline import annotate_articles, begin_article, find_model, load_pipeline

__all__ = ["annotate_articles", "begin_article", "find_model", "load_pipeline"]
