# E(factors | all answers of a cluster) at a fit's solution, from the joint normal density of
# the factors of both levels, the rows and the between-only variables: of the first clusters.
expectedFactors <- function(fit, data, clusters) {
  im <- lavInspect(fit, "implied"); names(im) <- c("w", "b")
  all <- lavInspect(fit, "cov.all"); lv <- lavInspect(fit, "mean.lv"); names(all) <- names(lv) <- c("w", "b")
  W <- im$w$cov; B <- im$b$cov; w <- rownames(W); b <- rownames(B)
  both <- intersect(w, b); z <- setdiff(b, w)
  fw <- names(lv$w); fb <- names(lv$b)
  mu <- setNames(as.vector(im$w$mean), w); mb <- setNames(as.vector(im$b$mean), b)
  kw <- as.vector(lv$w); kb <- as.vector(lv$b)
  Cw <- unclass(all$w); Cb <- unclass(all$b)
  ids <- unique(data$id)[seq_len(clusters)]
  between <- NULL; within <- NULL
  for (j in ids) {
    rows <- data[data$id == j, ]; s <- nrow(rows)
    Y <- as.matrix(rows[, w]); zv <- unlist(rows[1, z, drop = FALSE])
    m <- mu; m[both] <- m[both] + mb[both]
    SB <- matrix(0, length(w), length(w), dimnames = list(w, w)); SB[both, both] <- B[both, both]
    V <- kronecker(matrix(1, s, s), SB) + kronecker(diag(s), W)
    D <- matrix(0, length(z), length(w), dimnames = list(z, w)); D[, both] <- B[z, both]
    V <- rbind(cbind(B[z, z], kronecker(matrix(1, 1, s), D)), cbind(t(kronecker(matrix(1, 1, s), D)), V))
    r <- c(zv - mb[z], as.vector(t(Y)) - rep(m, s))
    cb <- matrix(0, length(fb), length(w), dimnames = list(fb, w)); cb[, both] <- Cb[fb, both]
    CB <- cbind(Cb[fb, z, drop = FALSE], kronecker(matrix(1, 1, s), cb))
    CW <- cbind(matrix(0, s * length(fw), length(z)), kronecker(diag(s), Cw[fw, w, drop = FALSE]))
    keep <- !is.na(r)
    solved <- solve(V[keep, keep], r[keep])
    between <- rbind(between, kb + as.vector(CB[, keep, drop = FALSE] %*% solved))
    within <- rbind(within, matrix(rep(kw, s) + as.vector(CW[, keep, drop = FALSE] %*% solved), s, byrow = TRUE))
  }
  colnames(between) <- fb; colnames(within) <- fw
  list(within = within, between = between)
}
