"""The same kind of small table in many encodings, written by Python's codecs. Run: python3 make.py > expected.json"""
import json, sys

TEXTS = {
    "gbk": "性别,满意度\n男,很满意\n女,一般\n", "gb18030": "性别,㐀\n男,很满意\n", "big5": "性別,滿意度\n男,很滿意\n女,一般\n",
    "shift_jis": "性別,満足度\n男,とても満足\n", "euc-jp": "性別,満足度\n男,満足\n", "euc-kr": "성별,만족도\n남,매우 만족\n",
    "windows-1250": "płeć,odpowiedź\nmężczyzna,zgadzam się\n", "windows-1251": "пол,ответ\nмуж,согласен\n", "windows-1252": "Geschlecht,Größe\nmännlich,groß €\n",
    "windows-1253": "φύλο,απάντηση\nάνδρας,ναι\n", "windows-1254": "cinsiyet,yanıt\nerkek,çoğu\n", "windows-1255": "מין,תשובה\nזכר,כן\n", "windows-1256": "جنس,جواب\nذكر,نعم\n",
    "windows-874": "เพศ,คำตอบ\nชาย,ใช่\n", "iso-8859-2": "płeć,odpowiedź\nmężczyzna,tak\n", "iso-8859-15": "Größe,€\ngroß,œ\n", "koi8-r": "пол,ответ\nмуж,да\n",
    "ibm866": "пол,ответ\nмуж,да\n", "macintosh": "Größe,x\ngroß,ü\n", "ibm437": "Größe,é\ngroß,╬\n", "ibm850": "Größe,é\ngroß,Ð\n", "ibm852": "płeć,x\nmęska,ş\n", "utf-16be": "a,é\n1,x\n", "utf-16le": "a,é\n1,x\n", "utf-8": "性别,é\n男,😀\n",
}
PYTHON = {"windows-874": "cp874", "macintosh": "mac_roman", "ibm866": "cp866", "ibm437": "cp437", "ibm850": "cp850", "ibm852": "cp852"}
json.dump({"made": "Python " + sys.version.split()[0], "texts": [{"encoding": name, "text": text, "hex": text.encode(PYTHON.get(name, name)).hex()} for name, text in TEXTS.items()]}, sys.stdout, ensure_ascii=False, indent=1)
