# Expected correlations. Usage: LC_ALL=C.UTF-8 Rscript correlate.R
source("golden.R")
v <- c("age", "EXP1", "EXP2", "TRU1", "before", "after")
pairs_of <- function(x, f) { out <- list(); for (i in 2:length(v)) for (j in 1:(i - 1)) { ok <- complete.cases(x[, v[c(i, j)]]); out[[length(out) + 1]] <- c(list(a = v[j], b = v[i], n = sum(ok)), f(x[ok, v[j]], x[ok, v[i]])) }; out }
fisher <- function(r, se) tanh(atanh(r) + c(-1, 1) * qnorm(.975) * se)
pear <- function(a, b) { t <- cor.test(a, b); list(r = unname(t$estimate), statistic = unname(t$statistic), df = unname(t$parameter), p = t$p.value, low = t$conf.int[1], high = t$conf.int[2]) }
spear <- function(a, b) { t <- cor.test(rank(a), rank(b)); r <- cor(a, b, method = "spearman"); ci <- fisher(r, sqrt((1 + r^2 / 2) / (length(a) - 3))); list(r = r, statistic = unname(t$statistic), df = unname(t$parameter), p = t$p.value, low = ci[1], high = ci[2]) }
kend <- function(a, b) { t <- cor.test(a, b, method = "kendall", exact = FALSE); r <- unname(t$estimate); ci <- fisher(r, sqrt(.437 / (length(a) - 4))); list(r = r, statistic = unname(t$statistic), p = t$p.value, low = ci[1], high = ci[2]) }
cc <- d[complete.cases(d[, v]), ]
partial <- function(method) { x <- d[complete.cases(d[, c(v[1:4], "before", "gender")]), ]; g <- c("before", "gender"); f <- if (method == "spearman") rank else identity
  out <- list(); for (i in 2:4) for (j in 1:(i - 1)) { Z <- sapply(g, function(k) f(x[[k]])); a <- resid(lm(f(x[[v[j]]]) ~ Z)); b <- resid(lm(f(x[[v[i]]]) ~ Z)); r <- cor(a, b); df <- nrow(x) - 2 - 2; t <- r * sqrt(df / (1 - r^2)); out[[length(out) + 1]] <- list(a = v[j], b = v[i], n = nrow(x), r = r, statistic = t, df = df, p = 2 * pt(-abs(t), df)) }; out }
write_golden("correlate", list(pearson = pairs_of(d, pear), spearman = pairs_of(d, spear), kendall = pairs_of(d, kend), listwise = pairs_of(cc, pear), partialPearson = partial("pearson"), partialSpearman = partial("spearman")))
