# A survey with filter questions, and what base R counts in it: asked, answered, missing, not asked, answered though
# skipped, patterns, share of missing per person. Run: LC_ALL=C.UTF-8 Rscript make.R (beside this file)
set.seed(4711)
n <- 300
d <- data.frame(
  q1 = sample(c(1, 2, NA), n, TRUE, c(.55, .38, .07)),          # uses the account: 1 yes, 2 no
  age = sample(c(15:70, NA), n, TRUE),
  q6 = sample(c(1:5, NA), n, TRUE))
d$q2 <- ifelse(d$q1 %in% 1, sample(c(1:4, 9, NA), n, TRUE), NA)  # asked when q1 = 1; 9 refused
d$q3 <- ifelse(d$q2 %in% c(1, 2), sample(c(1:5, NA), n, TRUE), NA)   # asked when q2 = 1 or 2
d$q4 <- ifelse(d$q1 %in% 1 & !is.na(d$age) & d$age >= 18, sample(c(1:5, NA), n, TRUE), NA)
d$q5 <- ifelse(d$q6 %in% c(4, 5) | d$q1 %in% 2, sample(c(1:3, NA), n, TRUE), NA)
stray <- sample(which(d$q1 %in% 2), 6); d$q2[stray] <- 3         # answered though skipped
stray3 <- sample(which(d$q1 %in% 1 & d$q2 %in% 4), 3); d$q3[stray3] <- 5
write.csv(d, "data.csv", row.names = FALSE, na = "")

# R's own three-valued logic (NA, & and |) is the oracle of who was asked.
val <- within(d, q2[q2 %in% 9] <- NA)
ask <- list()
ask$q2 <- val$q1 == 1
notasked <- function(asked, x) is.na(x) & !is.na(asked) & !asked
skip2 <- notasked(ask$q2, val$q2)
ask$q3 <- ifelse(skip2, FALSE, val$q2 == 1 | val$q2 == 2)         # an unasked question meets no condition
ask$q4 <- val$q1 == 1 & val$age >= 18
ask$q5 <- (val$q6 >= 4) | val$q1 != 1
na <- as.data.frame(lapply(names(val), function(v) if (is.null(ask[[v]])) rep(FALSE, n) else notasked(ask[[v]], val[[v]]))); names(na) <- names(val)
miss <- is.na(val) & !as.matrix(na)
state <- ifelse(as.matrix(na), "2", ifelse(miss, "0", "1"))
patterns <- sort(table(apply(state, 1, paste, collapse = "")), decreasing = TRUE)
items <- c("q2", "q3", "q4", "q5", "q6")
share <- rowSums(miss[, items]) / rowSums(!as.matrix(na)[, items])
jsonlite::write_json(list(
  made = R.version.string, names = names(d),
  answered = unname(colSums(!is.na(val))), missing = unname(colSums(miss)), notAsked = unname(colSums(na)),
  though = lapply(ask, function(a) NULL) |> (\(x) { for (v in names(ask)) x[[v]] <- I(which(!is.na(ask[[v]]) & !ask[[v]] & !is.na(val[[v]]))); x })(),
  complete = sum(rowSums(miss) == 0), missingShare = sum(miss) / sum(!as.matrix(na)),
  patterns = list(key = names(patterns), n = as.integer(patterns)),
  over30 = which(rowSums(miss[, items]) > .3 * rowSums(!as.matrix(na)[, items])),
  share = share), "expected.json", auto_unbox = TRUE, digits = I(17), na = "null")
