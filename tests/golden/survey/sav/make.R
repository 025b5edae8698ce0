# Makes .sav and .zsav files with haven and PSPP and writes down what haven reads in each, cell by cell.
# Run: LC_ALL=C.UTF-8 Rscript make.R (beside this file; needs haven, hms, jsonlite, pspp, python3)
source("../haven.R")
out <- normalizePath("../../../fixtures/survey/sav")
set.seed(4)
n <- 30
d <- data.frame(
  id = seq_len(n),
  dbl = c(rnorm(n - 4), NA, 1e300, -1e-300, 0.1),
  likert = labelled_spss(sample(c(1:5, 8, 9, NA), n, TRUE), c("strongly disagree" = 1, "strongly agree" = 5, "don't know" = 8, refused = 9), na_values = c(8, 9), label = "Agreement | 同意程度"),
  income = labelled_spss(c(runif(n - 3) * 1000, -5, -99, NA), c("not asked" = -99), na_range = c(-Inf, -1)),
  word = sample(c("a", "bb", "twelve chars", "满意", "", "😀 ok"), n, TRUE),
  long = vapply(seq_len(n), function(i) strrep(c("满意", "x", "é")[i %% 3 + 1], 20 * i), ""),
  day = as.Date("2024-02-28") + seq_len(n) - 1,
  moment = as.POSIXct("2024-06-24 13:45:10", tz = "UTC") + 86400.5 * seq_len(n),
  clock = hms::hms(seconds = c(0, 59.25, 86399, seq_len(n - 3) * 1000)),
  stringsAsFactors = FALSE
)
d$gender <- labelled(sample(c("m", "f"), n, TRUE), c(male = "m", female = "f"), label = "Gender")
d[["变量名很长也可以"]] <- rep(c(1.5, NA, 3), 10)
d[["a_name_of_exactly_sixty_four_bytes_which_is_the_most_spss_allows"]] <- rev(seq_len(n))
write_sav(d, file.path(out, "haven_plain.sav"), compress = "none")
write_sav(d, file.path(out, "haven_bytecode.sav"), compress = "byte")
write_sav(d, file.path(out, "haven_zlib.zsav"), compress = "zsav")
wide <- as.data.frame(matrix(sample(c(1:7, NA), 40 * 23, TRUE), 40))   # 23 elements: command blocks run across cases
write_sav(wide, file.path(out, "haven_across_cases.sav"), compress = "byte")

old <- setwd(out)
system2("pspp", c("-O", "format=txt", "-o", "/dev/null", shQuote(file.path(old, "spss.sps"))))
gb <- tempfile(fileext = ".sps")
writeBin(iconv(paste(readLines(file.path(old, "chinese.sps"), encoding = "UTF-8"), collapse = "\n"), "UTF-8", "GB18030", toRaw = TRUE)[[1]], gb)
setup <- tempfile(fileext = ".sps")
writeLines('SET LOCALE="GB18030".', setup)
system2("pspp", c("-O", "format=txt", "-o", "/dev/null", "--syntax-encoding=GB18030", shQuote(setup), shQuote(gb)))
for (f in c("plain", "bytecode")) system2("python3", c(file.path(old, "swap.py"), sprintf("pspp_%s.sav", f), sprintf("bigendian_%s.sav", f)))
setwd(old)

files <- sort(list.files(out))
# The labelled value of the long string in pspp_gb18030.sav looks wrong in haven and here alike: PSPP writes it in UTF-8.
save_answers(lapply(file.path(out, files), answer), "expected.json")
