# A survey with every kind of careless answering, screened rule by rule in base R: per row the first rule that excludes
# it, 0 for valid rows. Run: LC_ALL=C.UTF-8 Rscript make.R (beside this file)
set.seed(90210)
n <- 400
items <- paste0("i", 1:10)
f <- rnorm(n)
x <- sapply(1:10, function(j) pmin(5, pmax(1, round(3 + (if (j %in% c(4, 8)) -1 else 1) * .8 * f + rnorm(n, 0, .8)))))  # i4, i8 reversed
colnames(x) <- items
x[3, ] <- 4; x[11, ] <- 2; x[17, 2:9] <- 5; x[23, ] <- rep(c(1, 5), 5)
x[29, ] <- c(3, 3, 3, NA, 3, 3, 3, NA, 3, 3)                         # a missing answer ends a run
x[31, ] <- x[30, ]; x[33, ] <- x[30, ]; x[35, ] <- x[3, ]             # copies
x[40, 5] <- 7; x[41, 2] <- 0; x[42, 1] <- 6                           # impossible
for (k in 1:150) x[sample(n, 1), sample(10, 1)] <- NA
x[50, 1:6] <- NA; x[51, 1:3] <- NA; x[52, 1:2] <- NA; x[53, ] <- NA; x[54, ] <- NA
x[60, ] <- c(5, 1, 5, 5, 1, 5, 1, 1, 5, 1)
d <- as.data.frame(x)
d$att <- sample(c(3, 4, 1, 9, NA), n, TRUE, c(.85, .08, .03, .02, .02))
d$seconds <- ifelse(runif(n) < .03, NA, round(rlnorm(n, 5, .6), 1))
d$seconds[c(70, 71)] <- c(45, 44.9)                                    # the limit itself is allowed
d$gender <- sample(c(1, 2, 2, 3), n, TRUE, c(.5, .48, .01, .01))
write.csv(d, "data.csv", row.names = FALSE, na = "")

by <- integer(n); steps <- list(); warn <- list()
rule <- function(name, bad) {                 # judges the rows that are left
  bad <- bad %in% TRUE & by == 0
  steps[[length(steps) + 1]] <<- list(rule = name, excluded = sum(bad), remaining = sum(by == 0) - sum(bad))
  by[bad] <<- length(steps)
}
rule("attention", !(d$att %in% c(3, 4)))                               # no answer fails as well
rule("minSeconds", d$seconds < 45)
rule("maxSeconds", d$seconds > 600)
rule("maxMissing", rowMeans(is.na(x)) > .2)
rule("impossible", rowSums(x < 1 | x > 5, na.rm = TRUE) > 0 | !(d$gender %in% c(1, 2)))
longest <- apply(x, 1, function(r) { k <- rle(ifelse(is.na(r), -seq_along(r), r)); max(k$lengths[k$values > 0], 0) })
rule("longString", longest > 6)
rule("minDeviation", apply(x, 1, sd, na.rm = TRUE) < .4)
left <- by == 0
key <- apply(x, 1, paste, collapse = ","); key[rowSums(!is.na(x)) == 0] <- NA
rule("duplicates", { dup <- rep(FALSE, n); dup[left] <- duplicated(key[left], incomparables = NA); dup })
left <- by == 0 & complete.cases(x)
m <- rep(NA, n); m[left] <- mahalanobis(x[left, ], colMeans(x[left, ]), cov(x[left, ]))
rule("mahalanobis", pchisq(m, 10, lower.tail = FALSE) < .01)
jsonlite::write_json(list(made = R.version.string, steps = steps, excludedBy = by, valid = sum(by == 0),
  noTime = sum(is.na(d$seconds) & !(by %in% 1)), incomplete = sum((by == 0 | by == 9) & !complete.cases(x))), "expected.json", auto_unbox = TRUE)
print(do.call(rbind, lapply(steps, as.data.frame)))
