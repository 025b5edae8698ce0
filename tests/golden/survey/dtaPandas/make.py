# Makes .dta files of releases 117 to 119 with pandas, both byte orders, with long strings, and writes down what went in.
# pandas shares out the eight bytes of a reference to a long string as Stata's specification says (4 + 4, 2 + 6, 3 + 5).
# Run: python3 make.py (beside this file; needs pandas)
import datetime, json, pathlib
import numpy, pandas
from pandas.io.stata import StataWriter117, StataWriterUTF8

out = pathlib.Path(__file__).parents[3] / "fixtures" / "survey" / "dtaPandas"
n = 12
frame = pandas.DataFrame({
    "id": numpy.arange(1, n + 1, dtype="int32"),
    "small": numpy.array([-127, 100, *range(n - 2)], dtype="int8"),
    "share": numpy.array([0.1, -1e-300, 8.9e307, *([2.5] * (n - 4)), numpy.nan]),
    "single": numpy.array([0.5, -1.25, *([3.75] * (n - 2))], dtype="float32"),
    "word": ["a", "bb", "", *(["twelve chars"] * (n - 3))],
    "story": ["ab" * (60 * i) for i in range(1, n + 1)],
    "day": [datetime.datetime(1959, 12, 30) + datetime.timedelta(days=1000 * i) for i in range(n)],
    "mood": pandas.Categorical.from_codes([0, 1, 2] * (n // 3), ["low", "middle", "high"]),
})
chinese = ["满意", "é", "", "x"] * (n // 4)
expected = []
for release in (117, 118, 119):
    data = frame.copy()
    if release > 117:
        data["utf8"] = chinese
    for order in ("<", ">"):
        name = f"release{release}{'_bigendian' if order == '>' else ''}.dta"
        options = dict(convert_dates={"day": "td"}, write_index=False, byteorder=order, convert_strl=["story"], data_label="A data label", variable_labels={"story": "What happened"})
        if release == 117:
            StataWriter117(out / name, data, **options).write_file()
        else:
            StataWriterUTF8(out / name, data, version=release, **options).write_file()
        columns = {}
        for column in data.columns:
            values = data[column]
            if column == "day":
                cells = [int(day.replace(tzinfo=datetime.timezone.utc).timestamp() * 1000) for day in values]
            elif column == "mood":
                cells = [int(code) for code in values.cat.codes]
            else:
                cells = [None if value == "" or (isinstance(value, float) and numpy.isnan(value)) else value.item() if hasattr(value, "item") else value for value in values]
            columns[column] = cells
        expected.append({"file": name, "columns": list(columns.items())})
(pathlib.Path(__file__).parent / "expected.json").write_text(json.dumps({"pandas": pandas.__version__, "files": expected}, ensure_ascii=False, indent=0))
