#!/usr/bin/env python3
"""A scorer written apart from the program's own, in another language, to check it by.

usage: score.py GOLD_DIR OUT.jsonl
GOLD_DIR holds label files NAME.json. OUT.jsonl holds one record a line; an article is matched by the file stem of
its "source". Prints one JSON object: the counts [tp, fp, fn] of every field by article, the macro F1, the articles
without output and the false records in negatives. The rules are those of docs/evaluation.md.
"""
import json, pathlib, re, sys, unicodedata
from collections import defaultdict

def norm(s):
    if s is None: return None
    s = unicodedata.normalize("NFKC", str(s))
    s = s.replace("•", "·").replace("・", "·").replace("‧", "·").replace("∙", "·")
    return re.sub(r"[\s《》“”\"'「」]", "", s)

def suffix(a, b):
    """The same place or organisation, one perhaps with fewer parents."""
    if a is None or b is None: return a == b
    a, b = norm(a), norm(b)
    return a == b or (len(a) >= 2 and len(b) >= 2 and (a.endswith(b) or b.endswith(a)))

def place_same(a, b):
    """One place: the same finest name, and the shorter chain's characters in order within the longer's."""
    if a is None or b is None: return a == b
    a, b = norm(a), norm(b)
    if suffix(a, b): return True
    s, l = sorted((a, b), key=len)
    if len(s) >= 2 and any(suffix(s + unit, l) for unit in "省市县区旗镇乡"): return True      # 北京, 北京市
    it = iter(l)
    return s[-2:] == l[-2:] and all(c in it for c in s)

def loose(a, b):
    """The same phrase up to a short difference: containment that covers 75 %."""
    a, b = norm(a), norm(b)
    if a == b: return True
    if not a or not b: return False
    s, l = sorted((a, b), key=len)
    return s in l and len(s) / len(l) >= 0.75

class Tally:
    def __init__(self): self.tp = self.fp = self.fn = 0
    def add(self, tp, fp, fn): self.tp += tp; self.fp += fp; self.fn += fn
    def sets(self, gold, pred, same):
        pred = list(pred); hit = 0
        for g in gold:
            for i, p in enumerate(pred):
                if same(g, p): pred.pop(i); hit += 1; break
        self.add(hit, len(pred), len(gold) - hit)
    def slot(self, gold, pred, same):
        g, p = gold is not None, pred is not None
        ok = g and p and same(gold, pred)
        self.add(int(ok), int(p and not ok), int(g and not ok))
    @property
    def prf(self):
        p = self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0
        r = self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0

def place(x): return x.get("name") if isinstance(x, dict) else x

def pair_up(golds, preds, score):
    """Greedy one-to-one pairing by descending score; unpaired ones meet None."""
    cand = sorted(((score(g, p), i, j) for i, g in enumerate(golds) for j, p in enumerate(preds)), reverse=True)
    ug, up, pairs = set(), set(), []
    for s, i, j in cand:
        if s > 0 and i not in ug and j not in up:
            ug.add(i); up.add(j); pairs.append((golds[i], preds[j]))
    pairs += [(g, None) for i, g in enumerate(golds) if i not in ug]
    pairs += [(None, p) for j, p in enumerate(preds) if j not in up]
    return pairs

def score_article(g, p, T):
    p = p or {}
    gp, pp = g.get("participants", []), p.get("participants", [])
    T["participant.name"].sets([norm(x["name"]) for x in gp], [norm(x.get("name")) for x in pp], lambda a, b: a == b)
    gmap, pmap = {norm(x["name"]): x for x in gp}, {norm(x.get("name")): x for x in pp}
    for n in sorted(set(gmap) | set(pmap)):
        a, b = gmap.get(n), pmap.get(n)
        T["participant.title"].sets((a or {}).get("titles") or [], (b or {}).get("titles") or [], lambda x, y: norm(x) == norm(y))
        T["participant.affiliation"].slot((a or {}).get("affiliation"), (b or {}).get("affiliation"), place_same)
        if a is not None or b is not None:
            ok = a is not None and b is not None and a.get("side") == (b.get("side") or "none")
            T["participant.side"].add(int(ok), int(b is not None and not ok), int(a is not None and not ok))
    def vscore(a, b):
        s = 0.0
        if a.get("leader") and norm(a["leader"]) == norm(b.get("leader")): s += 2
        s += sum(1 for x in a.get("to") or [] for y in b.get("to") or [] if place_same(place(x), place(y)))
        if a.get("start") and a["start"] == b.get("start"): s += 1
        if a.get("from") and suffix(a["from"], place(b.get("from"))): s += 1
        return s + 0.01
    for a, b in pair_up(g.get("visits", []), p.get("visits", []), vscore):
        T["visit"].add(int(bool(a and b)), int(a is None), int(b is None))
        a, b = a or {}, b or {}
        T["visit.leader"].slot(norm(a.get("leader")), norm(b.get("leader")), lambda x, y: x == y)
        T["visit.from"].slot(place(a.get("from")), place(b.get("from")), place_same)
        T["visit.to"].sets([place(x) for x in a.get("to") or []], [place(x) for x in b.get("to") or []], place_same)
        T["visit.stops"].sets([place(x) for x in a.get("stops") or []], [place(x) for x in b.get("stops") or []], loose)
        T["visit.start"].slot(a.get("start"), b.get("start"), lambda x, y: x == y)
        T["visit.end"].slot(a.get("end"), b.get("end"), lambda x, y: x == y)
        T["visit.purpose"].sets(a.get("purpose") or [], b.get("purpose") or [], loose)
    def mscore(a, b): return (2 if loose(a.get("kind"), b.get("kind")) else 0) + (1 if a.get("date") and a.get("date") == b.get("date") else 0) + (1 if a.get("chair") and norm(a["chair"]) == norm(b.get("chair")) else 0)
    for a, b in pair_up(g.get("meetings", []), p.get("meetings", []), mscore):
        T["meeting"].add(int(bool(a and b)), int(a is None), int(b is None))
        a, b = a or {}, b or {}
        for k, same in (("chair", lambda x, y: norm(x) == norm(y)), ("date", lambda x, y: x == y), ("place", place_same)):
            T["meeting." + k].slot(place(a.get(k)), place(b.get(k)), same)
    def ascore(a, b): return (3 if loose(a.get("name"), b.get("name")) else 0) + sum(1 for x in a.get("parties") or [] for y in b.get("parties") or [] if place_same(place(x), place(y)))
    for a, b in pair_up(g.get("agreements", []), p.get("agreements", []), ascore):
        T["agreement"].add(int(bool(a and b)), int(a is None), int(b is None))
        a, b = a or {}, b or {}
        T["agreement.name"].slot(a.get("name"), b.get("name"), loose)
        T["agreement.parties"].sets([place(x) for x in a.get("parties") or []], [place(x) for x in b.get("parties") or []], place_same)
        T["agreement.date"].slot(a.get("date"), b.get("date"), lambda x, y: x == y)
        T["agreement.status"].slot(a.get("status"), b.get("status"), lambda x, y: x == y)
    T["date"].sets([(norm(d["text"]), d.get("start"), d.get("end")) for d in g.get("dates", [])],
                   [(norm(d.get("text")), d.get("start"), d.get("end")) for d in p.get("dates", [])], lambda x, y: x == y)

RECORD = ["participant.name", "participant.title", "participant.affiliation", "participant.side", "visit.leader", "visit.from",
          "visit.to", "visit.stops", "visit.start", "visit.end", "agreement.name", "agreement.parties", "agreement.date"]

def main():
    gold = {f.stem: json.load(open(f, encoding="utf8")) for f in sorted(pathlib.Path(sys.argv[1]).glob("*.json"))}
    pred = {}
    for line in open(sys.argv[2], encoding="utf8"):
        if line.strip():
            o = json.loads(line); pred[pathlib.Path(str(o.get("source", "")).split("#")[0]).stem] = o
    T, articles, false_records = defaultdict(Tally), {}, 0
    for name, g in gold.items():
        local = defaultdict(Tally)
        score_article(g, pred.get(name), local)
        articles[name] = {k: [t.tp, t.fp, t.fn] for k, t in local.items()}
        for k, t in local.items(): T[k].add(t.tp, t.fp, t.fn)
        if g.get("genre") == "negative" and name in pred:
            false_records += max(0, len(pred[name].get("visits", [])) - len(g.get("visits", []))) + max(0, len(pred[name].get("agreements", [])) - len(g.get("agreements", [])))
    print(json.dumps({"macro": sum(T[k].prf[2] for k in RECORD) / len(RECORD), "missing": len(set(gold) - set(pred)),
                      "false_records": false_records, "articles": articles}, ensure_ascii=True))

if __name__ == "__main__": main()
