# Expected factorability and exploratory factor analysis: psych for KMO and Bartlett, eigen for components,
# solutions by factanal / fixed point polished with Newton steps, rotations by stats and GPArotation at tight stops.
# Columns are arranged by sum of squares (of the structure when oblique), signs by column sum. Usage: LC_ALL=C.UTF-8 Rscript factor.R
suppressMessages({library(psych); library(GPArotation); library(numDeriv)})
source("golden.R")
t <- d; t$EXP4r <- 6 - t$EXP4r; t$TRU3r <- 6 - t$TRU3r
items <- c("EXP1", "EXP2", "EXP3", "EXP4r", "TRU1", "TRU2", "TRU3r", "TRU4", "FUN1", "FUN2", "FUN3")
x <- na.omit(t[items]); R <- cor(x); n <- nrow(x); p <- ncol(x); m <- 3
rows <- function(L) unname(lapply(seq_len(nrow(L)), function(i) unname(L[i, ])))
arrange <- function(L, Phi = NULL) { L <- unclass(L); S <- if (is.null(Phi)) L else L %*% Phi; o <- order(-colSums(S^2)); s <- ifelse(colSums(L) < 0, -1, 1)
  out <- list(loadings = rows((L %*% diag(s))[, o]), sums = unname(colSums(S^2)[o])); if (!is.null(Phi)) out$phi <- rows((diag(s) %*% Phi %*% diag(s))[o, o]); out }
e <- eigen(R)
pca <- e$vectors[, 1:m] %*% diag(sqrt(e$values[1:m]))
uls_load <- function(psi) { k <- eigen(R - diag(psi)); k$vectors[, 1:m] %*% diag(sqrt(k$values[1:m])) }
uls_score <- function(psi) rowSums(uls_load(psi)^2) + psi - 1
psi <- psych::fa(R, m, n.obs = n, fm = "minres", rotate = "none")$uniquenesses
for (i in 1:8) psi <- psi - solve(jacobian(uls_score, psi), uls_score(psi)); stopifnot(max(abs(uls_score(psi))) < 1e-12)
uls <- uls_load(psi)
ml_load <- function(psi) { s <- 1 / sqrt(psi); k <- eigen(R * outer(s, s)); diag(sqrt(psi)) %*% k$vectors[, 1:m] %*% diag(sqrt(k$values[1:m] - 1)) }
ml_score <- function(psi) (rowSums(ml_load(psi)^2) + psi - 1) / psi^2
psi <- factanal(covmat = R, factors = m, n.obs = n, rotation = "none")$uniquenesses
for (i in 1:8) psi <- psi - solve(jacobian(ml_score, psi), ml_score(psi)); stopifnot(max(abs(ml_score(psi))) < 1e-10)
ml <- ml_load(psi); S <- ml %*% t(ml) + diag(psi); f <- sum(diag(solve(S) %*% R)) - log(det(R) / det(S)) - p
df <- ((p - m)^2 - p - m) / 2; chi <- (n - 1 - (2 * p + 5) / 6 - 2 * m / 3) * f
rotations <- function(A) {
  h <- sqrt(rowSums(A^2)); v <- unclass(varimax(A, normalize = TRUE, eps = 1e-15)$loadings); vr <- unclass(varimax(A, normalize = FALSE, eps = 1e-15)$loadings)
  Q <- v * abs(v)^3; U <- solve(t(v) %*% v, t(v) %*% Q); dd <- diag(solve(t(U) %*% U)); U <- U %*% diag(sqrt(dd)); pr <- v %*% U; prPhi <- solve(t(U) %*% U)
  stopifnot(max(abs(abs(pr) - abs(unclass(promax(A)$loadings)))) < .01) # promax() itself stops its varimax at 1e-5
  w <- v / h; Q <- w * abs(w)^3; U <- solve(t(w) %*% w, t(w) %*% Q); dd <- diag(solve(t(U) %*% U)); U <- U %*% diag(sqrt(dd)); ps <- v %*% U; psPhi <- solve(t(U) %*% U)
  ob <- GPFoblq(A / h, method = "quartimin", eps = 1e-9, maxit = 1000); obr <- oblimin(A, eps = 1e-9, maxit = 1000, gam = -0.5)
  list(varimax = arrange(v), varimaxRaw = arrange(vr), varimaxR = arrange(unclass(varimax(A)$loadings)), promaxR = arrange(pr, prPhi), promaxKaiser = arrange(ps, psPhi),
    quartiminKaiser = arrange(ob$loadings * h, ob$Phi), obliminRaw = arrange(obr$loadings, obr$Phi)) }
matrix_of <- function(a) do.call(rbind, a$loadings)
Z <- scale(x); oblique <- rotations(pca)$quartiminKaiser; W1 <- solve(R, matrix_of(oblique) %*% do.call(rbind, oblique$phi))
v <- matrix_of(rotations(uls)$varimax); P <- diag(1 / (1 - rowSums(v^2))); W2 <- P %*% v %*% solve(t(v) %*% P %*% v)
scores <- list(rowNames = as.integer(rownames(x))[1:5], regressionWeights = rows(W1), regression = rows((Z %*% W1)[1:5, ]), bartlettWeights = rows(W2), bartlett = rows((Z %*% W2)[1:5, ]))
km <- psych::KMO(R); b <- psych::cortest.bartlett(R, n)
write_golden("factor", list(n = n, kmo = km$MSA, msa = unname(km$MSAi), bartlett = list(chiSquare = b$chisq, df = b$df, pValue = b$p.value), determinant = det(R), smc = unname(psych::smc(R)), eigenvalues = e$values, scores = scores,
  pca = list(communalities = rowSums(pca^2), unrotated = rows(pca %*% diag(ifelse(colSums(pca) < 0, -1, 1))), rotations = rotations(pca)),
  paf = list(communalities = rowSums(uls^2), rotations = rotations(uls)),
  ml = list(communalities = rowSums(ml^2), rmsr = { E <- R - ml %*% t(ml); sqrt(mean(E[lower.tri(E)]^2)) }, chiSquare = chi, df = df, pValue = pchisq(chi, df, lower.tail = FALSE), rotations = rotations(ml))))
