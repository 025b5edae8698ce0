# The chain on samples that no other golden uses: attitude (30 rows), ratings with missing answers, mtcars. KMO, MSA, Bartlett (psych),
# alpha (psych), omega, extractions polished by Newton steps, rotations (stats, GPArotation: each stops near 1e-8), polychoric correlations by
# their likelihood (polycor beside), PROCESS models 1, 4, 7, 14 and Johnson-Neyman bounds by lm.
# Usage: LC_ALL=C.UTF-8 OPENBLAS_NUM_THREADS=1 Rscript make.R
suppressMessages({library(psych); library(GPArotation); library(numDeriv); library(polycor)})
options(digits = 17, warn = 1)
set.seed(5)
n <- 300; F <- matrix(rnorm(n * 2), n) %*% chol(matrix(c(1, .4, .4, 1), 2)); L <- rbind(cbind(runif(5, .4, .8), 0), cbind(0, runif(5, .4, .8)))
rnd <- round(F %*% t(L) + matrix(rnorm(n * 10, sd = .6), n), 2); rnd[sample(length(rnd), 60)] <- NA; colnames(rnd) <- paste0("v", 1:10)
sets <- list(attitude = list(x = attitude, m = 2, scales = list(all = 1:7)), random = list(x = as.data.frame(rnd), m = 2, scales = list(one = 1:5, two = 6:10)))
rows <- function(L) unname(lapply(seq_len(nrow(L)), function(i) unname(L[i, ])))
arrange <- function(L, Phi = NULL) { L <- unclass(L); S <- if (is.null(Phi)) L else L %*% Phi; o <- order(-colSums(S^2)); s <- ifelse(colSums(L) < 0, -1, 1)
  out <- list(loadings = rows((L %*% diag(s))[, o])); if (!is.null(Phi)) out$phi <- rows((diag(s) %*% Phi %*% diag(s))[o, o]); out }
rotations <- function(A) { h <- sqrt(rowSums(A^2)); v <- unclass(varimax(A, normalize = TRUE, eps = 1e-15)$loadings); vr <- unclass(varimax(A, normalize = FALSE, eps = 1e-15)$loadings)
  prom <- function(v, w) { Q <- w * abs(w)^3; U <- solve(t(w) %*% w, t(w) %*% Q); U <- U %*% diag(sqrt(diag(solve(t(U) %*% U)))); list(v %*% U, solve(t(U) %*% U)) }
  p1 <- prom(v, v); p2 <- prom(v, v / h); ob <- GPFoblq(A / h, method = "quartimin", eps = 1e-9, maxit = 1000); obr <- oblimin(A, eps = 1e-9, maxit = 1000, gam = -0.5)
  list(varimax = arrange(v), varimaxRaw = arrange(vr), promaxR = arrange(p1[[1]], p1[[2]]), promaxKaiser = arrange(p2[[1]], p2[[2]]), quartiminKaiser = arrange(ob$loadings * h, ob$Phi), obliminRaw = arrange(obr$loadings, obr$Phi)) }
one <- function(R) { load_of <- function(psi) { s <- 1 / sqrt(psi); e <- eigen(R * outer(s, s), symmetric = TRUE); sqrt(psi) * e$vectors[, 1] * sqrt(max(e$values[1] - 1, 0)) }; score <- function(psi) { l <- load_of(psi); (l^2 + psi - diag(R)) / psi^2 }
  psi <- factanal(covmat = R, factors = 1, n.obs = 1000)$uniquenesses; for (i in 1:6) psi <- psi - solve(jacobian(score, psi), score(psi)); l <- load_of(psi); list(l = l * sign(sum(l)), psi = psi, g = max(abs(score(psi)))) }
audit <- function(s) {
  X <- s$x; x <- na.omit(X); R <- cor(x); p <- ncol(x); m <- s$m; e <- eigen(R)
  pca <- e$vectors[, 1:m] %*% diag(sqrt(e$values[1:m]))
  uls_load <- function(psi) { k <- eigen(R - diag(psi)); k$vectors[, 1:m] %*% diag(sqrt(k$values[1:m])) }
  uls_score <- function(psi) rowSums(uls_load(psi)^2) + psi - 1
  psi <- psych::fa(R, m, n.obs = nrow(x), fm = "minres", rotate = "none")$uniquenesses; for (i in 1:8) psi <- psi - solve(jacobian(uls_score, psi), uls_score(psi)); uls <- uls_load(psi); gu <- max(abs(uls_score(psi)))
  ml_load <- function(psi) { s <- 1 / sqrt(psi); k <- eigen(R * outer(s, s)); diag(sqrt(psi)) %*% k$vectors[, 1:m] %*% diag(sqrt(k$values[1:m] - 1)) }
  ml_score <- function(psi) (rowSums(ml_load(psi)^2) + psi - 1) / psi^2
  psi <- factanal(covmat = R, factors = m, n.obs = nrow(x), rotation = "none")$uniquenesses; gm <- NA; ml <- tryCatch({ for (i in 1:8) psi <- psi - solve(jacobian(ml_score, psi), ml_score(psi)); gm <- max(abs(ml_score(psi))); ml_load(psi) }, error = function(e) NULL)
  km <- psych::KMO(R); b <- psych::cortest.bartlett(R, nrow(x))
  scale_of <- function(cols) { y <- na.omit(X[, cols]); C <- cov(y); k <- ncol(y); o <- one(cov2cor(C)); l <- o$l * sqrt(diag(C)); th <- o$psi * diag(C); a <- suppressWarnings(suppressMessages(psych::alpha(y, check.keys = FALSE, warnings = FALSE, n.iter = 1)))
    list(cols = names(X)[cols], n = nrow(y), alpha = a$total$raw_alpha, std = a$total$std.alpha, rdrop = unname(a$item.stats$r.drop), drop = a$alpha.drop$raw_alpha, omega = sum(l)^2 / (sum(l)^2 + sum(th)), omegaStd = sum(o$l)^2 / (sum(o$l)^2 + sum(o$psi)), g = o$g) }
  list(data = as.list(X), m = m, n = nrow(x), kmo = km$MSA, msa = unname(km$MSAi), chi = b$chisq, pchi = b$p.value, gu = gu, gm = gm, scales = lapply(s$scales, scale_of),
    pca = rotations(pca), paf = list(h = rowSums(uls^2), rot = rotations(uls)), ml = if (!is.null(ml)) list(h = rowSums(ml^2), rot = rotations(ml)))
}
out <- lapply(sets, audit)
# polychoric: two-step by the likelihood itself
poly2 <- function(x, y) { ok <- complete.cases(x, y); t <- table(x[ok], y[ok]); n <- sum(t); a <- c(-Inf, qnorm(cumsum(rowSums(t)) / n)); b <- c(-Inf, qnorm(cumsum(colSums(t)) / n)); a[length(a)] <- Inf; b[length(b)] <- Inf
  cell <- function(r) { P <- matrix(0, nrow(t), ncol(t)); for (i in seq_len(nrow(t))) for (j in seq_len(ncol(t))) P[i, j] <- integrate(function(z) dnorm(z) * (pnorm((b[j + 1] - r * z) / sqrt(1 - r^2)) - pnorm((b[j] - r * z) / sqrt(1 - r^2))), max(a[i], -9), min(a[i + 1], 9), rel.tol = 1e-13, abs.tol = 1e-16, subdivisions = 500)$value; P }
  d2 <- function(h, k, r) if (is.finite(h) && is.finite(k)) exp(-(h^2 - 2 * r * h * k + k^2) / (2 * (1 - r^2))) / (2 * pi * sqrt(1 - r^2)) else 0
  slope <- function(r) { P <- matrix(0, nrow(t), ncol(t)); for (i in seq_len(nrow(t))) for (j in seq_len(ncol(t))) P[i, j] <- d2(a[i + 1], b[j + 1], r) - d2(a[i], b[j + 1], r) - d2(a[i + 1], b[j], r) + d2(a[i], b[j], r); P }
  s <- function(r) { v <- t * slope(r) / cell(r); sum(v[t > 0]) }; r <- uniroot(s, c(-.95, .98), tol = 1e-14)$root; c(r, 1 / sqrt(n * { v <- slope(r)^2 / cell(r); sum(v[cell(r) > 1e-15]) }), polychor(x[ok], y[ok])) }
ordinal <- list(cyl = mtcars$cyl, gear = mtcars$gear, carb = mtcars$carb, one = as.integer(cut(rnd[, 1], c(-Inf, -1, 0, .8, Inf))), two = as.integer(cut(rnd[, 2], c(-Inf, -.3, .6, Inf))), six = as.integer(rnd[, 6] > .2))
pairs <- list(c("cyl", "gear"), c("gear", "carb"), c("one", "two"), c("two", "six"), c("one", "six"))
out$ordinal <- ordinal
out$polychoric <- lapply(pairs, function(v) { p <- poly2(ordinal[[v[1]]], ordinal[[v[2]]]); stopifnot(abs(p[3] / p[1] - 1) < 1e-3); list(x = v[1], y = v[2], rho = p[1], stdError = p[2]) })
# process
mt <- mtcars; att <- attitude
mod <- function(d, y, x, w, cov = NULL) { dd <- d[complete.cases(d[c(y, x, w, cov)]), ]; dd$.x <- dd[[x]] - mean(dd[[x]]); dd$.w <- dd[[w]] - mean(dd[[w]]); f <- lm(reformulate(c(".x * .w", cov), y), dd); b <- coef(f); v <- vcov(f); df <- f$df.residual
  s <- function(w0) { e <- b[".x"] + b[".x:.w"] * w0; se <- sqrt(v[".x", ".x"] + 2 * w0 * v[".x", ".x:.w"] + w0^2 * v[".x:.w", ".x:.w"]); unname(c(e, se, e / se, 2 * pt(-abs(e / se), df), e - qt(.975, df) * se, e + qt(.975, df) * se)) }
  tc <- qt(.975, df)^2; A <- b[".x:.w"]^2 - tc * v[".x:.w", ".x:.w"]; B <- 2 * (b[".x"] * b[".x:.w"] - tc * v[".x", ".x:.w"]); C <- b[".x"]^2 - tc * v[".x", ".x"]; D <- B^2 - 4 * A * C; r <- if (D >= 0) sort((-B + c(-1, 1) * sqrt(D)) / (2 * A)) + mean(dd[[w]]) else numeric(); r <- r[r >= min(dd[[w]]) & r <= max(dd[[w]])]
  list(outcome = y, predictor = x, moderator = w, cov = cov, slopes = lapply(c(-1, 0, 1) * sd(dd[[w]]), s), roots = unname(r), below = sapply(r, function(z) mean(dd[[w]] < z)), n = nrow(dd)) }
out$mtcars <- as.list(mt)
out$mod <- list(mod(mt, "mpg", "wt", "hp"), mod(mt, "mpg", "wt", "qsec", c("am")), mod(mt, "qsec", "disp", "carb"), mod(mt, "mpg", "am", "wt"))
out$modAtt <- list(mod(att, "rating", "complaints", "raises"), mod(att, "rating", "learning", "critical", c("advance", "privileges")))
med <- function(d, x, m, y, w = NULL, cov = NULL) { d <- d[complete.cases(d[c(x, m, y, w, cov)]), ]; cf <- function(f) coef(lm(f, d)); n <- nrow(d)
  a <- cf(reformulate(c(x, cov), m))[x]; b <- cf(reformulate(c(x, m, cov), y))[m]; c1 <- cf(reformulate(c(x, m, cov), y))[x]; tot <- cf(reformulate(c(x, cov), y))[x]; o <- list(x = x, m = m, y = y, w = w, cov = cov, n = n, m4 = unname(c(a * b, c1, tot)))
  if (!is.null(w)) { for (v in c(x, m, w)) d[[paste0(".", v)]] <- d[[v]] - mean(d[[v]]); pw <- c(-1, 0, 1) * sd(d[[w]]); X <- paste0(".", x); M <- paste0(".", m); W <- paste0(".", w)
    a7 <- coef(lm(reformulate(c(paste(X, "*", W), cov), m), d)); b7 <- coef(lm(reformulate(c(X, m, cov), y), d))[m]; o$m7 <- unname(c((a7[X] + a7[paste0(X, ":", W)] * pw) * b7, a7[paste0(X, ":", W)] * b7))
    b14 <- coef(lm(reformulate(c(x, paste(M, "*", W), cov), y), d)); o$m14 <- unname(c(a * (b14[M] + b14[paste0(M, ":", W)] * pw), a * b14[paste0(M, ":", W)])) }
  o }
out$med <- list(c(list(data = "mtcars"), med(mt, "disp", "wt", "mpg", "hp")), c(list(data = "mtcars"), med(mt, "hp", "qsec", "mpg", "wt", "am")), c(list(data = "attitude"), med(att, "complaints", "learning", "rating", "raises")))
out$versions <- list(R = R.version.string, psych = as.character(packageVersion("psych")), GPArotation = as.character(packageVersion("GPArotation")), polycor = as.character(packageVersion("polycor")))
writeLines(jsonlite::toJSON(out, digits = I(15), auto_unbox = TRUE, na = "null", null = "null"), "expected.json")
