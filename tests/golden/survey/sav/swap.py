"""Turns a little-endian .sav file into a big-endian one, so that both byte orders can be read by haven and by us.

usage: swap.py IN OUT
Everything numeric is reversed: header, dictionary integers, extension records and the data (plain or bytecode).
"""
import struct, sys

data = open(sys.argv[1], "rb").read()
out = bytearray(data)
p = 0

def flip(n):
    global p
    out[p:p + n] = data[p:p + n][::-1]
    p += n

def i32():
    value = struct.unpack_from("<i", data, p)[0]
    flip(4)
    return value

p = 64
i32(); i32(); compression = i32(); i32(); i32(); flip(8)
p = 176
widths = []
while True:
    kind = i32()
    if kind == 999:
        i32()
        break
    if kind == 2:
        width = i32(); label = i32(); missing = i32(); i32(); i32(); p += 8
        widths.append(width)
        if label:
            length = i32(); p += (length + 3) // 4 * 4
        for _ in range(abs(missing)):
            if width == 0: flip(8)
            else: p += 8
    elif kind == 3:
        count = i32(); start = p; labels = []
        for _ in range(count):
            labels.append(p); p += 8; length = data[p]; p += (1 + length + 7) // 8 * 8
        assert i32() == 4
        n = i32(); places = [i32() for _ in range(n)]
        if widths[places[0] - 1] == 0:
            for at in labels: out[at:at + 8] = data[at:at + 8][::-1]
    elif kind == 6:
        n = i32(); p += 80 * n
    elif kind == 7:
        subtype = i32(); size = i32(); count = i32(); end = p + size * count
        if subtype in (3, 11):
            for _ in range(count): i32()
            if subtype == 3: out[end - 8:end - 4] = struct.pack(">i", 1)
        elif subtype in (4, 16):
            for _ in range(count): flip(8)
        elif subtype == 21:
            while p < end:
                k = i32(); p += k; i32(); n = i32()
                for _ in range(n):
                    k = i32(); p += k; k = i32(); p += k
        elif subtype == 22:
            while p < end:
                k = i32(); p += k; n = data[p]; p += 1; length = i32(); p += n * length
        p = end
    else:
        raise SystemExit("record %d" % kind)
i = 0
def element():
    global i, p
    if widths[i % len(widths)] == 0: flip(8)
    else: p += 8
    i += 1
if compression == 0:
    while p < len(data): element()
else:
    while p < len(data):
        codes = data[p:p + 8]; p += 8
        for code in codes:
            if code == 253: element()
            elif code not in (0, 252): i += 1
open(sys.argv[2], "wb").write(out)
