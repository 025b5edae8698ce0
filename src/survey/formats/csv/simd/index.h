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

static inline uint64_t parity(uint64_t bits) {
  for (int step = 1; step < 64; step <<= 1) bits ^= bits << step;
  return bits;
}

/* What the byte before a block was: within quotes, a separator or closing quote, a closing quote, a return. */
typedef struct {
  uint64_t inside, wasBoundary, wasClosing, wasReturn;
} Quoting;

/* Of a block of 64 bytes: delimiters and line ends outside quotes, the line ends among them, and bytes that break a rule. */
typedef struct {
  uint64_t separators, lines, broken;
} Masks;

/* The marks that end fields, and those with a rule of their own. */
typedef struct {
  v128_t delimiters, newlines, returns, quotes;
} Marks;

static inline Marks marksOfPlan(void) { return (Marks){wasm_i8x16_splat((int8_t)plan.delimiter), wasm_i8x16_splat('\n'), wasm_i8x16_splat('\r'), wasm_i8x16_splat('"')}; }

ALWAYS_INLINE Masks masksOf(const v128_t *block, const Marks *marks, Quoting *state) {
  uint64_t lines = maskOf(block, marks->newlines), turns = maskOf(block, marks->returns), quotes = maskOf(block, marks->quotes);
  uint64_t separators = maskOf(block, marks->delimiters) | lines, closing = 0, broken = 0;
  if (quotes | state->inside) {
    uint64_t within = parity(quotes) ^ state->inside;
    uint64_t opening = quotes & within;
    closing = quotes & ~within;
    broken = lines & within;
    separators &= ~within;
    lines &= ~within;
    turns &= ~within;
    broken |= opening & ~((separators | closing) << 1 | state->wasBoundary);
    state->inside = (uint64_t)((int64_t)within >> 63);
    broken |= (closing << 1 | state->wasClosing) & ~(separators | turns | opening);
  } else broken = state->wasClosing & ~(separators | turns);
  broken |= (turns << 1 | state->wasReturn) & ~lines;
  state->wasClosing = closing >> 63;
  state->wasReturn = turns >> 63;
  state->wasBoundary = (separators | closing) >> 63;
  if (broken) {
    uint64_t before = (broken & (0 - broken)) - 1;
    separators &= before;
    lines &= before;
  }
  return (Masks){separators, lines, broken};
}

static inline void loadBlock(const uint8_t *at, v128_t *block) {
  for (int k = 0; k < 4; k++) block[k] = wasm_v128_load(at + 16 * k);
}

/* Writes the places of the first `count` bits from byte `p` on, and up to three more that are overwritten later. */
ALWAYS_INLINE void writePlaces(uint32_t *out, uint64_t bits, uint32_t count, uint32_t p) {
  for (uint32_t i = 0; i < count; i += 4) {
    for (int k = 0; k < 4; k++) {
      out[i + k] = p + (uint32_t)__builtin_ctzll(bits);
      bits &= bits - 1;
    }
  }
}

/*
 * Writes to `plan.ends`, behind the byte in front of `p`, where each field of up
 * to `most` records ends. Gives the number of records; they are regular and
 * whole.
 */
static uint32_t indexRecords(const uint8_t *base, uint32_t p, uint32_t end, uint32_t most) {
  const uint32_t columns = plan.columns;
  const Marks marks = marksOfPlan();
  uint32_t *ends = (uint32_t *)plan.ends;
  *ends++ = p - 1;
  uint32_t count = 0, rows = 0, last = columns - 1;
  Quoting state = {0, 1, 0, 0};
  for (; p < end; p += 64) {
    v128_t block[4];
    loadBlock(base + p, block);
    Masks masks = masksOf(block, &marks, &state);
    uint64_t separators = masks.separators, lines = masks.lines;
    if (end - p < 64) {
      uint64_t there = (1ull << (end - p)) - 1;
      separators &= there;
      lines &= there;
    }
    uint32_t known = count, found = (uint32_t)__builtin_popcountll(separators);
    writePlaces(ends + known, separators, found, p);
    count += found;
    while (lines) {
      uint64_t line = lines & (0 - lines);
      if (known + (uint32_t)__builtin_popcountll(separators & (line - 1)) != last) return rows;
      last += columns;
      if (++rows == most) return rows;
      lines ^= line;
    }
    if (masks.broken || count > last) return rows;
  }
  return rows;
}
