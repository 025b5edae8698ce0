"""Exported models, fitted by semopy 2 (pip install semopy==2.3.11): estimates and n times the minimum.

Run in this folder: python make.py   (exported.json is written by write.mjs, data are ../sem/data)
"""
import json
import warnings

import pandas
import semopy

warnings.filterwarnings("ignore")
data = {model["id"]: model["data"] for model in json.load(open("models.json", encoding="utf8"))}
out = []
for each in json.load(open("exported.json", encoding="utf8")):
    if "semopy" not in each:
        continue
    frame = pandas.read_csv(f"../sem/data/{data[each['id']]}.csv")
    model = semopy.Model(each["semopy"])
    result = model.fit(frame)
    # a second run from the first one's solution: SLSQP stops early
    again = model.fit(frame, clean_slate=False)
    rows = [[row.lval, row.op, row.rval, float(row.Estimate)] for row in model.inspect().itertuples()]
    out.append({"id": each["id"], "chisq": float(again.fun) * len(frame), "estimates": rows})
with open("semopy.json", "w", encoding="utf8") as file:
    json.dump({"semopy": semopy.__version__, "models": out}, file, ensure_ascii=False, indent=0)
