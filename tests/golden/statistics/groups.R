# Expected t tests, one-way ANOVA, Levene, robust tests, post hoc comparisons and effect sizes.
# Usage: LC_ALL=C.UTF-8 Rscript groups.R
suppressMessages(library(car))
source("golden.R")
tests <- function(t) list(difference = if (length(t$estimate) == 2) unname(t$estimate[1] - t$estimate[2]) else unname(t$estimate), stdError = t$stderr, t = unname(t$statistic), df = unname(t$parameter), pValue = t$p.value, confLow = t$conf.int[1], confHigh = t$conf.int[2])
ncp_t <- function(t, df, p) uniroot(function(d) pt(t, df, d) - p, t + c(-8, 8), tol = 1e-13)$root
effect <- function(t, df, scale) { J <- exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2); lo <- ncp_t(t, df, .975); hi <- ncp_t(t, df, .025)
  list(d = t * scale, confLow = lo * scale, confHigh = hi * scale, g = t * scale * J, gLow = lo * scale * J, gHigh = hi * scale * J) }
lev <- function(y, g, center) { l <- leveneTest(y, factor(g), center = center); list(f = l$`F value`[1], df1 = l$Df[1], df2 = l$Df[2], pValue = l$`Pr(>F)`[1]) }
two <- function(v) { ok <- complete.cases(d[c(v, "gender")]); y <- d[ok, v]; g <- d$gender[ok]; a <- y[g == 1]; b <- y[g == 2]
  s <- t.test(a, b, var.equal = TRUE); list(n = length(y), student = tests(s), welch = tests(t.test(a, b)), effect = effect(unname(s$statistic), unname(s$parameter), sqrt(1 / length(a) + 1 / length(b))), leveneMean = lev(y, g, mean), leveneMedian = lev(y, g, median)) }
pairs <- function(y, g) { m <- tapply(y, g, mean); v <- tapply(y, g, var); n <- tapply(y, g, length); k <- length(m); N <- sum(n); mse <- sum((n - 1) * v) / (N - k); dfw <- N - k; cnt <- k * (k - 1) / 2
  out <- list(); add <- function(method, i, j, se, df, p, half) out[[length(out) + 1]] <<- list(method = method, i = i - 1, j = j - 1, difference = m[[i]] - m[[j]], stdError = se, df = df, pValue = p, confLow = m[[i]] - m[[j]] - half, confHigh = m[[i]] - m[[j]] + half)
  for (i in 1:(k - 1)) for (j in (i + 1):k) { dd <- m[[i]] - m[[j]]; se <- sqrt(mse * (1 / n[[i]] + 1 / n[[j]])); t <- abs(dd) / se
    add("lsd", i, j, se, dfw, 2 * pt(-t, dfw), qt(.975, dfw) * se)
    add("bonferroni", i, j, se, dfw, min(1, cnt * 2 * pt(-t, dfw)), qt(1 - .025 / cnt, dfw) * se)
    add("tukey", i, j, se, dfw, ptukey(t * sqrt(2), k, dfw, lower.tail = FALSE), qtukey(.95, k, dfw) / sqrt(2) * se)
    add("scheffe", i, j, se, dfw, pf(t^2 / (k - 1), k - 1, dfw, lower.tail = FALSE), sqrt((k - 1) * qf(.95, k - 1, dfw)) * se)
    vi <- v[[i]] / n[[i]]; vj <- v[[j]] / n[[j]]; sw <- sqrt(vi + vj); df <- (vi + vj)^2 / (vi^2 / (n[[i]] - 1) + vj^2 / (n[[j]] - 1)); t <- abs(dd) / sw; p <- 2 * pt(-t, df)
    add("tamhane", i, j, sw, df, -expm1(cnt * log1p(-p)), qt(1 - (1 - .95^(1 / cnt)) / 2, df) * sw)
    add("games-howell", i, j, sw, df, ptukey(t * sqrt(2), k, df, lower.tail = FALSE), qtukey(.95, k, df) / sqrt(2) * sw) }
  out }
ncp_f <- function(f, df1, df2, p) if (pf(f, df1, df2) <= p) 0 else uniroot(function(l) pf(f, df1, df2, l) - p, c(0, 500), tol = 1e-13)$root
many <- function(v, by = "years") { ok <- complete.cases(d[c(v, by)]); y <- d[ok, v]; g <- factor(d[ok, by]); a <- anova(lm(y ~ g)); ssb <- a$`Sum Sq`[1]; ssw <- a$`Sum Sq`[2]; df1 <- a$Df[1]; df2 <- a$Df[2]; f <- a$`F value`[1]; msw <- ssw / df2
  w <- oneway.test(y ~ g); m <- tapply(y, g, mean); vv <- tapply(y, g, var); n <- tapply(y, g, length); N <- sum(n); cc <- (1 - n / N) * vv; bf <- sum(n * (m - mean(y))^2) / sum(cc); bdf <- 1 / sum((cc / sum(cc))^2 / (n - 1))
  share <- function(l) l / (l + df1 + df2 + 1)
  list(n = N, betweenSS = ssb, withinSS = ssw, f = f, pValue = a$`Pr(>F)`[1], etaSquared = ssb / (ssb + ssw), omegaSquared = (ssb - df1 * msw) / (ssb + ssw + msw), epsilonSquared = (ssb - df1 * msw) / (ssb + ssw), etaLow = share(ncp_f(f, df1, df2, .975)), etaHigh = share(ncp_f(f, df1, df2, .025)),
    welch = list(f = unname(w$statistic), df1 = unname(w$parameter[1]), df2 = unname(w$parameter[2]), pValue = w$p.value), brownForsythe = list(f = bf, df1 = df1, df2 = bdf, pValue = pf(bf, df1, bdf, lower.tail = FALSE)),
    leveneMean = lev(y, g, mean), leveneMedian = lev(y, g, median), pairs = pairs(y, g)) }
ok <- complete.cases(d[c("before", "after")]); x <- d$before[ok]; y <- d$after[ok]; p <- t.test(x, y, paired = TRUE); one <- t.test(d$age, mu = 30)
sm <- function(t, n) c(tests(t), list(effect = effect(unname(t$statistic), unname(t$parameter), 1 / sqrt(n))))
o <- sm(one, sum(!is.na(d$age))); o$difference <- o$difference - 30; o$confLow <- o$confLow - 30; o$confHigh <- o$confHigh - 30
write_golden("groups", list(strong = many("before", "EXP1"), two = sapply(c("before", "EXP2", "age"), two, simplify = FALSE), many = sapply(c("before", "EXP2", "age"), many, simplify = FALSE), paired = sm(p, length(x)), oneSample = o))
