# Expected convergent and discriminant validity, Harman's test, item analysis by extreme groups.
# Usage: LC_ALL=C.UTF-8 Rscript validity.R
suppressMessages({library(numDeriv); library(car)})
source("golden.R")
one_factor <- function(R) {
  load_of <- function(psi) { s <- 1 / sqrt(psi); e <- eigen(R * outer(s, s), symmetric = TRUE); sqrt(psi) * e$vectors[, 1] * sqrt(max(e$values[1] - 1, 0)) }
  score <- function(psi) { l <- load_of(psi); (l^2 + psi - diag(R)) / psi^2 }
  psi <- factanal(covmat = R, factors = 1, n.obs = 1000)$uniquenesses
  for (i in 1:6) psi <- psi - solve(numDeriv::jacobian(score, psi), score(psi))
  l <- load_of(psi); l * sign(sum(l))
}
t <- d; t$EXP4r <- 6 - t$EXP4r; t$TRU3r <- 6 - t$TRU3r
g <- list(EXP = c("EXP1", "EXP2", "EXP3", "EXP4r"), TRU = c("TRU1", "TRU2", "TRU3r", "TRU4"), FUN = c("FUN1", "FUN2", "FUN3"))
x <- na.omit(t[unlist(g)]); R <- cor(x)
con <- lapply(g, function(v) { l <- one_factor(R[v, v]); list(loadings = l, cr = sum(l)^2 / (sum(l)^2 + sum(1 - l^2)), ave = mean(l^2)) })
ratio <- function(m) sapply(names(g), function(a) sapply(names(g), function(b) if (a == b) 1 else { w <- function(k) { q <- abs(R[g[[k]], g[[k]]]); m(q[lower.tri(q)]) }; m(abs(R[g[[a]], g[[b]]])) / sqrt(w(a) * w(b)) }))
e <- eigen(R)$values
y <- na.omit(t[g$TRU]); total <- rowSums(y); n <- nrow(y); size <- round(.27 * n); s <- sort(total); lo <- total <= s[size]; hi <- total >= s[n - size + 1]
ia <- lapply(g$TRU, function(v) { a <- t.test(y[hi, v], y[lo, v], var.equal = TRUE); w <- t.test(y[hi, v], y[lo, v]); l <- leveneTest(c(y[hi, v], y[lo, v]), factor(rep(1:2, c(sum(hi), sum(lo)))), center = mean)
  list(lowMean = mean(y[lo, v]), highMean = mean(y[hi, v]), leveneP = l$`Pr(>F)`[1], student = unname(a$statistic), welch = unname(w$statistic), welchDf = unname(w$parameter), welchP = w$p.value, itemTotal = cor(y[, v], total)) })
write_golden("validity", list(n = nrow(x), constructs = con, htmt = as.vector(ratio(mean)), htmt2 = as.vector(ratio(function(q) exp(mean(log(q))))), scores = as.vector(cor(sapply(g, function(v) rowMeans(x[v])))),
  harman = list(first = e[1], share = e[1] / length(e), factors = sum(e > 1)), itemAnalysis = list(n = n, low = sum(lo), high = sum(hi), items = ia)))
