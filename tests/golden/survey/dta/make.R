# Makes .dta files of every release with haven and writes down what haven reads in each, cell by cell.
# Run: LC_ALL=C.UTF-8 Rscript make.R (beside this file; needs haven, jsonlite, foreign)
source("../haven.R")
out <- normalizePath("../../../fixtures/survey/dta")
set.seed(5)
n <- 25
d <- data.frame(
  id = seq_len(n),
  byte_like = sample(c(-127:100, NA), n),
  int_like = as.integer(c(-32767, 32740, NA, sample(1000, n - 3))),
  long_like = as.integer(c(2147483620, -2147483647, NA, sample(1e6, n - 3))),
  dbl = c(rnorm(n - 5), NA, 8.98e307, -1e-300, 0.1, 1e10),
  tagged = labelled(c(1, 2, tagged_na("a"), tagged_na("z"), NA, rep(3, n - 5)), c(low = 1, high = 3, refused = tagged_na("a")), label = "With reasons"),
  likert = labelled(sample(c(1:5, NA), n, TRUE), c(no = 1, yes = 5), label = "Agreement"),
  word = sample(c("a", "bb", "twelve chars", ""), n, TRUE),
  day = as.Date("1959-12-30") + seq_len(n) * 1000,
  moment = as.POSIXct("2024-06-24 13:45:10", tz = "UTC") + 86400.5 * seq_len(n),
  stringsAsFactors = FALSE
)
for (version in c(8, 10, 12)) write_dta(d, file.path(out, sprintf("stata%02d.dta", version)), version = version, label = "A data label")
d$wide <- vapply(seq_len(n), function(i) strrep("ab", i * 60), "")   # past 2045 bytes: a long string
write_dta(d, file.path(out, "stata13.dta"), version = 13, strl_threshold = 300)
d$utf8 <- rep(c("满意", "é", "", "😀", "x"), length.out = n)
attr(d$utf8, "label") <- "意见"
for (version in c(14, 15)) write_dta(d, file.path(out, sprintf("stata%02d.dta", version)), version = version, strl_threshold = 300)
system2("python3", c("swap.py", file.path(out, "stata12.dta"), file.path(out, "stata12_bigendian.dta")))
save_answers(lapply(sort(list.files(out, full.names = TRUE)), answer), "expected.json")
