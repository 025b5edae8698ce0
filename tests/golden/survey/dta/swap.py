"""Turns a little-endian .dta file of release 113 to 115 into a big-endian one.

usage: swap.py IN OUT
"""
import struct, sys

data = open(sys.argv[1], "rb").read()
out = bytearray(data)
assert data[0] in (113, 114, 115) and data[1] == 2
out[1] = 1
p = 4

def flip(n):
    global p
    out[p:p + n] = data[p:p + n][::-1]
    p += n

def number(code, n):
    value = struct.unpack_from("<" + code, data, p)[0]
    flip(n)
    return value

variables = number("h", 2)
rows = number("i", 4)
p += 81 + 18
types = data[p:p + variables]
p += variables + 33 * variables
for _ in range(variables + 1): flip(2)
p += (12 if data[0] == 113 else 49) * variables + 33 * variables + 81 * variables
while True:
    kind = data[p]
    p += 1
    length = number("i", 4)
    if kind == 0: break
    p += length
size = {251: 1, 252: 2, 253: 4, 254: 4, 255: 8}
for _ in range(rows):
    for kind in types:
        if kind in size: flip(size[kind])
        else: p += kind
while p < len(data):
    flip(4)
    p += 36
    n = number("i", 4)
    text = number("i", 4)
    for _ in range(2 * n): flip(4)
    p += text
open(sys.argv[2], "wb").write(out)
