/*
 * Where the fields of regular records end.
 *
 * Quotes are paired as in simdjson: the exclusive-or of all quote bits before a
 * byte says whether it lies inside. That holds only if an opening quote starts
 * its field and a closing one ends it (or is the first of an escaped pair), which
 * is checked; the first byte that breaks a rule ends the run of regular records.
 *
 * Langdale, G. & Lemire, D. (2019). Parsing gigabytes of JSON per second. The VLDB Journal, 28, 941-960.
 */
static inline uint64_t maskOf(const v128_t *block, v128_t wanted) {
  return (uint64_t)equal(block[0], wanted) | (uint64_t)equal(block[1], wanted) << 16 | (uint64_t)equal(block[2], wanted) << 32 | (uint64_t)equal(block[3], wanted) << 48;
}

/* The same for bytes that are all ones or all zeros. */
static inline uint64_t bitsOf(const v128_t *block) {
  return (uint64_t)wasm_i8x16_bitmask(block[0]) | (uint64_t)wasm_i8x16_bitmask(block[1]) << 16 | (uint64_t)wasm_i8x16_bitmask(block[2]) << 32 | (uint64_t)wasm_i8x16_bitmask(block[3]) << 48;
}

static inline uint64_t parity(uint64_t bits) {
  for (int step = 1; step < 64; step <<= 1) bits ^= bits << step;
  return bits;
}

/*
 * Writes to `plan.ends`, behind the byte in front of `p`, where each field of up
 * to `most` records ends. Gives the number of records; they are regular and
 * whole.
 */
static uint32_t indexRecords(const uint8_t *base, uint32_t p, uint32_t end, uint32_t most) {
  const uint32_t columns = plan.columns;
  const v128_t delimiters = wasm_i8x16_splat((int8_t)plan.delimiter), newlines = wasm_i8x16_splat('\n'), returns = wasm_i8x16_splat('\r'), quotes = wasm_i8x16_splat('"');
  uint32_t *ends = (uint32_t *)plan.ends;
  *ends++ = p - 1;
  uint32_t count = 0, rows = 0, last = columns - 1;
  /* What the byte before the block was: in quotes, a separator or closing quote, a closing quote, a return. */
  uint64_t inside = 0, wasBoundary = 1, wasClosing = 0, wasReturn = 0;
  for (; p < end; p += 64) {
    v128_t block[4] = {wasm_v128_load(base + p), wasm_v128_load(base + p + 16), wasm_v128_load(base + p + 32), wasm_v128_load(base + p + 48)};
    uint64_t lines = maskOf(block, newlines), turns = maskOf(block, returns), marks = maskOf(block, quotes);
    uint64_t separators = maskOf(block, delimiters) | lines, closing = 0, broken = 0;
    if (marks | inside) {
      uint64_t within = parity(marks) ^ inside;
      uint64_t opening = marks & within;
      closing = marks & ~within;
      broken = lines & within;
      separators &= ~within;
      lines &= ~within;
      turns &= ~within;
      broken |= opening & ~((separators | closing) << 1 | wasBoundary);
      inside = (uint64_t)((int64_t)within >> 63);
      broken |= (closing << 1 | wasClosing) & ~(separators | turns | opening);
    } else broken = wasClosing & ~(separators | turns);
    broken |= (turns << 1 | wasReturn) & ~lines;
    wasClosing = closing >> 63;
    wasReturn = turns >> 63;
    wasBoundary = (separators | closing) >> 63;
    if (end - p < 64) {
      uint64_t there = (1ull << (end - p)) - 1;
      separators &= there;
      lines &= there;
    }
    if (broken) {
      uint64_t before = (broken & (0 - broken)) - 1;
      separators &= before;
      lines &= before;
    }
    uint32_t known = count, found = (uint32_t)__builtin_popcountll(separators);
    uint64_t rest = separators;
    uint32_t *out = ends + known;
    for (uint32_t i = 0; i < found; i += 4) {
      /* Past the last one writes what the next block overwrites. */
      for (int k = 0; k < 4; k++) {
        out[k] = p + (uint32_t)__builtin_ctzll(rest);
        rest &= rest - 1;
      }
      out += 4;
    }
    count += found;
    while (lines) {
      uint64_t line = lines & (0 - lines);
      if (known + (uint32_t)__builtin_popcountll(separators & (line - 1)) != last) return rows;
      last += columns;
      if (++rows == most) return rows;
      lines ^= line;
    }
    if (broken || count > last) return rows;
  }
  return rows;
}
