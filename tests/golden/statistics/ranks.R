# Expected rank tests and cross tables. Usage: LC_ALL=C.UTF-8 Rscript ranks.R
source("golden.R")
fz <- function(r, se) tanh(atanh(r) + c(-1, 1) * qnorm(.975) * se)
mw <- function(v) { ok <- complete.cases(d[c(v, "gender")]); y <- d[ok, v]; g <- d$gender[ok]; a <- y[g == 1]; b <- y[g == 2]; w <- wilcox.test(a, b, exact = FALSE, correct = FALSE); u <- unname(w$statistic); r <- rank(c(a, b))
  n <- length(r); t <- table(r); s <- sqrt(length(a) * length(b) / 12 * (n + 1 - sum(t^3 - t) / (n * (n - 1)))); z <- (u - length(a) * length(b) / 2) / s
  list(n = n, u1 = u, z = z, pValue = w$p.value, meanRank1 = mean(r[1:length(a)]), meanRank2 = mean(r[-(1:length(a))]), rankBiserial = 2 * u / (length(a) * length(b)) - 1, confLow = fz(2 * u / (length(a) * length(b)) - 1, sqrt((n + 1) / (3 * length(a) * length(b))))[1], confHigh = fz(2 * u / (length(a) * length(b)) - 1, sqrt((n + 1) / (3 * length(a) * length(b))))[2]) }
kw <- function(v) { ok <- complete.cases(d[c(v, "years")]); y <- d[ok, v]; g <- d$years[ok]; k <- kruskal.test(y, g); r <- rank(y); n <- length(y); m <- tapply(r, g, mean); s <- table(g); t <- table(r); vv <- n * (n + 1) / 12 - sum(t^3 - t) / (12 * (n - 1))
  pr <- list(); for (i in 1:3) for (j in (i + 1):4) { z <- (m[[i]] - m[[j]]) / sqrt(vv * (1 / s[[i]] + 1 / s[[j]])); pr[[length(pr) + 1]] <- list(i = i - 1, j = j - 1, z = z, pValue = 2 * pnorm(-abs(z))) }
  p <- sapply(pr, `[[`, "pValue"); b <- p.adjust(p, "bonferroni"); h <- p.adjust(p, "holm"); for (i in seq_along(pr)) pr[[i]] <- c(pr[[i]], bonferroniP = b[i], holmP = h[i])
  list(n = n, h = unname(k$statistic), df = unname(k$parameter), pValue = k$p.value, epsilonSquared = unname(k$statistic) / (n - 1), pairs = pr) }
small <- list(a = c(1.1, 2.3, 4.8, 7.9, 3.1), b = c(5.2, 9.9, 8.4, 6.6, 10.3, 2.9)); dif <- c(1.3, -0.4, 2.2, 0.9, -1.7, 3.5, 0.2, 0, 0)
ok <- complete.cases(d[c("before", "after")]); D <- d$before[ok] - d$after[ok]; w <- wilcox.test(D, exact = FALSE, correct = FALSE); nz <- D[D != 0]; rk <- rank(abs(nz)); t <- table(rk); n <- length(nz)
ncp <- function(x, df, p) if (pchisq(x, df) <= p) 0 else uniroot(function(l) pchisq(x, df, l) - p, c(0, 400), tol = 1e-12)$root
tab <- function(x) { x <- as.matrix(x); ct <- suppressWarnings(chisq.test(x, correct = FALSE)); f <- fisher.test(x, workspace = 2e7); G <- 2 * sum(ifelse(x > 0, x * log(x / ct$expected), 0)); most <- sum(x) * (min(dim(x)) - 1); X <- unname(ct$statistic); df <- unname(ct$parameter)
  list(counts = lapply(seq_len(nrow(x)), function(i) unname(x[i, ])), chiSquare = X, df = df, pValue = ct$p.value, yates = if (all(dim(x) == 2)) unname(suppressWarnings(chisq.test(x))$statistic) else NA, ratio = G, ratioP = pchisq(G, df, lower.tail = FALSE), fisher = f$p.value, v = sqrt(X / most), low = sqrt(ncp(X, df, .975) / most), high = min(1, sqrt(ncp(X, df, .025) / most)), residuals = as.vector(t(ct$stdres))) }
write_golden("ranks", list(two = sapply(c("before", "EXP2"), mw, simplify = FALSE), many = sapply(c("before", "EXP2"), kw, simplify = FALSE),
  small = list(a = small$a, b = small$b, exactP = wilcox.test(small$a, small$b, exact = TRUE)$p.value, differences = dif, signedP = wilcox.test(dif[dif != 0], exact = TRUE)$p.value),
  paired = list(n = n, positive = unname(w$statistic), pValue = w$p.value, z = (unname(w$statistic) - n * (n + 1) / 4) / sqrt(n * (n + 1) * (2 * n + 1) / 24 - sum(t^3 - t) / 48), confLow = fz(2 * unname(w$statistic) / (n * (n + 1) / 2) - 1, sqrt((2 * n^3 + 3 * n^2 + n) / 6) / (n * (n + 1) / 2))[1]),
  tables = list(tab(table(d$gender, d$years)), tab(rbind(c(3, 1), c(1, 6))), tab(rbind(c(12, 5), c(3, 9))), tab(rbind(c(4, 2, 0), c(1, 3, 5), c(0, 2, 6))))))
