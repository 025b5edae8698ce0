"""Has LibreOffice open the documents of ../../fixtures/documents (write.mjs made them) and keeps the cells that it shows.
Run: python3 make.py (beside this file; needs soffice on the path)"""
import csv, glob, html.parser, json, os, re, subprocess, tempfile

FOLDER = os.path.abspath("../../fixtures/documents")


def convert(path, target):
    out = tempfile.mkdtemp()
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{tempfile.mkdtemp()}", "--convert-to", target, "--outdir", out, path], check=True, capture_output=True, timeout=180)
    return out


class Cells(html.parser.HTMLParser):
    """Texts of table cells, with the columns that each spans."""

    def __init__(self):
        super().__init__()
        self.tables, self.cell, self.span = [], None, 1

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.cell, self.span = "", int(dict(attributes).get("colspan", 1))

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.tables[-1][-1].append([re.sub(r"\s+", " ", self.cell.replace("\u00a0", " ")).strip(), self.span])
            self.cell = None


expected = {"docx": {}, "xlsx": {}}
for path in sorted(glob.glob(os.path.join(FOLDER, "*.docx"))):
    out = convert(path, "html")
    reader = Cells()
    with open(glob.glob(os.path.join(out, "*.html"))[0], encoding="utf-8") as file:
        reader.feed(file.read())
    expected["docx"][os.path.basename(path)[:-5]] = reader.tables
for path in sorted(glob.glob(os.path.join(FOLDER, "*.xlsx"))):
    name = os.path.basename(path)[:-5]
    expected["xlsx"][name] = {}
    # every sheet with comma, quotes and UTF-8: cells as they are shown, and as they are held
    for kind, shown in (("shown", "true"), ("held", "false")):
        out = convert(path, f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,{shown},false,false,-1")
        sheets = {}
        for sheet in sorted(glob.glob(os.path.join(out, "*.csv"))):
            with open(sheet, encoding="utf-8", newline="") as file:
                sheets[os.path.basename(sheet)[len(name) + 1 : -4]] = list(csv.reader(file))
        expected["xlsx"][name][kind] = sheets
expected["version"] = subprocess.run(["soffice", "--version"], capture_output=True, text=True).stdout.split(" ")[1]
with open("expected.json", "w", encoding="utf-8") as file:
    json.dump(expected, file, ensure_ascii=False, separators=(",", ":"))
    file.write("\n")
