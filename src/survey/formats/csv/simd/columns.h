/*
 * The cells of regular records, column by column.
 *
 * Each column of numbers remembers what its last records mostly were: one digit
 * each; up to two digits or nothing; any number. The loops have no branches in
 * them; rows that were something else are listed and read one by one.
 */
static uint8_t others[MOST_INDEXED + 1];

/* One column in so many others ends the hope for single digits. */
#define MOST_OTHERS 16

/* Single digits to `out`; gives whether all were. */
ALWAYS_INLINE int oneDigit(const uint8_t *base, const uint32_t *ends, uint32_t columns, uint32_t count, int8_t *out) {
  uint32_t unexpected = 0;
  for (uint32_t i = 0; i < count; i++, ends += columns) {
    uint32_t before = ends[0], digit = (uint32_t)base[before + 1] - '0';
    out[i] = (int8_t)digit;
    /* Above 15 when the length is not one, or there is no digit. */
    unexpected |= (ends[1] - before - 2) << 4 | (9 - digit);
  }
  return unexpected <= 15;
}

/* The same for fields of two digits, one or none. */
ALWAYS_INLINE uint32_t twoDigits(const uint8_t *base, const uint32_t *ends, uint32_t columns, uint32_t count, int8_t *out) {
  uint32_t unexpected = 0;
  for (uint32_t i = 0; i < count; i++, ends += columns) {
    uint32_t start = ends[0] + 1, length = ends[1] - start;
    uint32_t first = (uint32_t)base[start] - '0', second = (uint32_t)base[start + 1] - '0';
    second = length == 2 ? second : 0;
    uint32_t value = (length == 2 ? 10 * first : first) + second;
    out[i] = (int8_t)(length == 0 ? (uint32_t)NARROW_MISSING : value);
    others[unexpected] = (uint8_t)i;
    unexpected += (uint32_t)((length != 0) & ((first > 9) | (second > 9) | (length > 2)));
  }
  return unexpected;
}

/* Record i's field of a column of numbers; `written` cells of the column are in the tile. */
static void anyNumber(const uint8_t *base, const uint32_t *ends, uint32_t column, uint32_t i, uint32_t written) {
  uint32_t start = ends[i * plan.columns] + 1, end = ends[i * plan.columns + 1], row = plan.row + i;
  if (column + 1 == plan.columns && end > start && base[end - 1] == '\r') end--;
  uint32_t text = start, length = end - start;
  if (length >= 2 && base[text] == '"') text++, length -= 2;
  double value;
  if (numberOf(base + text, length, &value)) {
    put(column, row, value, written);
    return;
  }
  if (!((const uint8_t *)plan.wides)[column]) widen(column, written);
  cellsOf(column)[row] = value;
  later(row, column, start, plan.line + i);
}

/* Numbers of any kind to `out`; gives how many fields are none, which are listed. */
ALWAYS_INLINE uint32_t shortNumbers(const uint8_t *base, const uint32_t *ends, uint32_t columns, uint32_t count, double *out) {
  const v128_t marks = decimals;
  uint32_t unexpected = 0;
  for (uint32_t i = 0; i < count; i++, ends += columns) {
    uint32_t start = ends[0] + 1;
    others[unexpected] = (uint8_t)i;
    unexpected += number(wasm_v128_load(base + start), ends[1] - start, marks, out + i) ^ 1;
  }
  return unexpected;
}

static void numbers(const uint8_t *base, const uint32_t *ends, uint32_t column, uint32_t count) {
  uint8_t *tier = (uint8_t *)plan.tiers + column;
  const uint32_t columns = plan.columns;
  uint32_t unexpected = 0;
  if (((const uint8_t *)plan.wides)[column]) unexpected = shortNumbers(base, ends, columns, count, cellsOf(column) + plan.row);
  else {
    int8_t *out = (int8_t *)cellsOf(column) + plan.row;
    if (*tier == ONE_DIGIT) {
      if (oneDigit(base, ends, columns, count, out)) return;
      *tier = TWO_DIGITS;
    }
    if (*tier == TWO_DIGITS) {
      unexpected = twoDigits(base, ends, columns, count, out);
      if (unexpected > count / 2) *tier = ANY_NUMBER;
    } else {
      for (uint32_t i = 0; i < count; i++) anyNumber(base, ends, column, i, plan.row + i);
      return;
    }
  }
  for (uint32_t k = 0; k < unexpected; k++) anyNumber(base, ends, column, others[k], plan.row + count);
}

static void texts(const uint8_t *base, const uint32_t *ends, uint32_t column, uint32_t count) {
  const uint32_t columns = plan.columns, isLast = column + 1 == columns;
  const v128_t quotes = wasm_i8x16_splat('"');
  uint32_t *out = (uint32_t *)(cellsOf(column) + plan.row);
  for (uint32_t i = 0; i < count; i++, ends += columns, out += 2) {
    uint32_t start = ends[0] + 1, end = ends[1];
    if (isLast && end > start && base[end - 1] == '\r') end--;
    uint32_t text = start, length = end - start, slot = LATER;
    if (length >= 2 && base[text] == '"') {
      text++, length -= 2;
      uint32_t inner = equal(wasm_v128_load(base + text), quotes) | equal(wasm_v128_load(base + text + 16), quotes) << 16;
      if (length <= KEY_BYTES && (inner & (length == 32 ? 0xffffffffu : (1u << length) - 1)) == 0) slot = slotOf(base + text, length);
    } else slot = slotOf(base + text, length);
    if (slot == LATER) later(plan.row + i, column, start, plan.line + i);
    *out = slot;
  }
}

/* Sixteen rows of eight bytes to eight columns of sixteen: interleaving the halves four times turns the bits of each byte's place by four. */
static inline void transpose(const uint8_t *rows, int8_t *out, uint32_t columnBytes) {
  v128_t from[OCTET], to[OCTET];
  for (int k = 0; k < OCTET; k++) from[k] = wasm_v128_load(rows + 16 * k);
  for (int turn = 0; turn < 4; turn++) {
    for (int k = 0; k < OCTET / 2; k++) {
      to[2 * k] = wasm_i8x16_shuffle(from[k], from[k + 4], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      to[2 * k + 1] = wasm_i8x16_shuffle(from[k], from[k + 4], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    for (int k = 0; k < OCTET; k++) from[k] = to[k];
  }
  for (int k = 0; k < OCTET; k++) wasm_v128_store(out + k * columnBytes, from[k]);
}

static void readOctet(const uint8_t *base, const uint32_t *ends, const Octet *octet, uint32_t count) {
  int8_t *out = (int8_t *)cellsOf(octet->column) + plan.row;
  for (uint32_t i = 0; i < count; i += 16) transpose(octet->cells[i], out + i, 8 * plan.stride);
  for (uint32_t k = 0; k < OCTET; k++) {
    uint32_t column = octet->column + k, surprises = 0;
    for (uint32_t j = 0; j < octet->otherCount; j++) {
      const uint32_t i = octet->others[j], *end = ends + k + i * plan.columns;
      surprises += end[1] - end[0] != 2;
      anyNumber(base, ends + k, column, i, plan.row + count);
    }
    if (surprises > count / MOST_OTHERS) ((uint8_t *)plan.tiers)[column] = TWO_DIGITS;
  }
}

/* Reads `count` indexed records into the tile. */
static void readColumns(const uint8_t *base, uint32_t count, uint32_t octetCount) {
  const uint8_t *kinds = (const uint8_t *)plan.kinds;
  const Octet *octet = (const Octet *)plan.octets, *last = octet + octetCount;
  for (uint32_t column = 0; column < plan.columns; column++) {
    const uint32_t *ends = (const uint32_t *)plan.ends + column;
    if (octet < last && octet->column == column) {
      readOctet(base, ends, octet++, count);
      column += OCTET - 1;
    } else if (kinds[column] == TEXT) texts(base, ends, column, count);
    else if (kinds[column] == NUMERIC) numbers(base, ends, column, count);
  }
}
