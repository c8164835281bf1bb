"""Verbs whose perfect takes `sein`: `ist gesunken` is active, `ist verboten` is the state that a passive leads to.

German marks the two alike, and treebanks label them unlike, so that labels do not tell. The list holds the verbs of
motion and of change that news uses; separable ones count with their base where the participle shows the separation
(weg-ge-gangen), or where the base takes no ge (auseinander-entwickelt, ein-marschiert).
"""

from kg.nlp.particles import PARTICLES

BASES = frozenset(  # alone, and behind any separable particle
    "altern bleiben driften dringen eilen fahren fallen fliegen fliehen fließen flüchten folgen gehen gelangen "
    "geraten gleiten kehren klettern kommen kriechen laufen landen marschieren rasen reifen reisen reiten rennen "
    "rücken rutschen schleichen schmelzen schreiten schrumpfen schwimmen schwinden segeln sein sickern sinken "
    "springen starten steigen sterben stolpern strömen stürzen tauchen treten wachsen wandern weichen werden".split()
)
WHOLE = frozenset(  # only as they stand here
    "abblitzen abbrennen abfließen abziehen abmagern anschwellen aufblühen aufbrechen auferstehen aufleben "
    "aufwachen aufziehen auseinanderbrechen ausarten ausbrechen ausklingen ausscheiden ausscheren ausufern ausziehen "
    "avancieren begegnen bersten davonziehen desertieren detonieren durchdrehen einbrechen einschlafen "
    "einschlagen einstürzen eintreffen einziehen emigrieren entarten entbrennen entfallen entfliehen entgehen "
    "entkommen entschlafen entschwinden entspringen entstehen entweichen erblinden erfolgen erkranken erlahmen "
    "erliegen erlöschen ermüden erscheinen erschlaffen erstarken erstarren ersticken ertrinken erwachen erwachsen "
    "eskalieren explodieren fehlschlagen fortziehen gedeihen gelingen genesen geschehen hereinbrechen hinziehen "
    "immigrieren implodieren kentern kollabieren kollidieren kondensieren konvertieren losbrechen losziehen "
    "missglücken misslingen missraten mutieren passieren pendeln platzen prallen abprallen aufprallen "
    "zusammenprallen scheitern sprießen stagnieren umziehen unterbleiben unterliegen verarmen verbleiben "
    "verblassen verbluten verebben verelenden vereinsamen verenden verfallen verfliegen vergehen verglühen "
    "verhallen verhungern verjähren verklingen verkommen verkümmern verlaufen verpuffen verreisen verrotten "
    "verscheiden verschwinden versickern versiegen versinken verstreichen verstummen verunglücken verwahrlosen "
    "vorbeiziehen wegziehen weiterziehen wiederauferstehen zerbrechen zerfallen zerplatzen zerrinnen zerschellen "
    "zugrundegehen zurückprallen zusammenbrechen zusammenstoßen zustoßen zusammentreffen".split()
)
PREFIXES = ("be", "emp", "ent", "er", "miss", "ver", "zer")


def takes_sein(lemma: str, participle: str) -> bool:
    """Whether the perfect of the verb takes `sein`; `participle` is the form that stands in the text."""
    form = participle.lower()
    if lemma in BASES or lemma in WHOLE or form == "gefallen":  # of fallen: the other one takes haben
        return True
    for particle in PARTICLES:
        base = lemma.removeprefix(particle)
        if base != lemma and (base in BASES or base in WHOLE):
            separated = form.startswith(f"{particle}ge") or base.startswith(PREFIXES) or base.endswith("ieren")
            if separated:
                return True
    return False
