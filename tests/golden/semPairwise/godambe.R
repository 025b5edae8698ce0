# An independent Godambe covariance matrix of a pairwise likelihood fit: scores of every row by the
# textbook derivatives of bivariate normal rectangles (Olsson 1979), at moments that lavaan implies,
# with numerical derivatives of these moments and of the total score. For fits whose standard errors
# lavaan 0.6 does not get right (see deviations.ts): several groups, and missing = "available.cases".
rectangle <- function(h, k, r) {
  # values and derivatives of all cells of one table: probability, by thresholds of the first, of the second, by rho
  H <- c(-Inf, h, Inf); K <- c(-Inf, k, Inf); s <- sqrt(1 - r^2); a <- length(H) - 1; b <- length(K) - 1
  grid <- outer(seq_along(H), seq_along(K), Vectorize(function(i, j) if (H[i] == -Inf || K[j] == -Inf) 0 else if (H[i] == Inf) pnorm(K[j]) else if (K[j] == Inf) pnorm(H[i]) else pbivnorm::pbivnorm(H[i], K[j], r)))
  diff2 <- function(g) g[-1, -1, drop = FALSE] - g[-nrow(g), -1, drop = FALSE] - g[-1, -ncol(g), drop = FALSE] + g[-nrow(g), -ncol(g), drop = FALSE]
  density <- outer(H, K, function(x, y) ifelse(is.infinite(x) | is.infinite(y), 0, exp(-(x^2 - 2 * r * x * y + y^2) / (2 * s^2)) / (2 * pi * s)))
  density[is.nan(density)] <- 0
  byFirst <- lapply(seq_along(h), function(t) { g <- grid * 0; g[t + 1, ] <- dnorm(h[t]) * pnorm((K - r * h[t]) / s); diff2(g) })
  bySecond <- lapply(seq_along(k), function(t) { g <- grid * 0; g[, t + 1] <- dnorm(k[t]) * pnorm((H - r * k[t]) / s); diff2(g) })
  list(p = diff2(grid), d = c(byFirst, bySecond, list(diff2(density))))
}
# rows x moments; categories 1, 2, ...; NA where missing
momentScores <- function(y, th, R, available) {
  p <- ncol(y); n <- nrow(y); from <- c(0, cumsum(lengths(th))); count <- sum(lengths(th)); pairs <- which(lower.tri(R), arr.ind = TRUE)
  S <- matrix(0, n, count + nrow(pairs))
  for (q in seq_len(nrow(pairs))) {
    a <- pairs[q, 2]; b <- pairs[q, 1]; t <- rectangle(th[[a]], th[[b]], R[b, a])
    both <- which(!is.na(y[, a]) & !is.na(y[, b])); cell <- cbind(y[both, a], y[both, b])
    places <- c(from[a] + seq_along(th[[a]]), from[b] + seq_along(th[[b]]), count + q)
    for (e in seq_along(places)) S[both, places[e]] <- S[both, places[e]] + t$d[[e]][cell] / t$p[cell]
    if (available) for (v in c(a, b)) {
      alone <- which(!is.na(y[, v]) & is.na(y[, if (v == a) b else a])); P <- diff(c(0, pnorm(th[[v]]), 1))
      for (k in seq_along(th[[v]])) S[alone, from[v] + k] <- S[alone, from[v] + k] + dnorm(th[[v]][k]) * ((y[alone, v] == k) / P[k] - (y[alone, v] == k + 1) / P[k + 1])
    }
  }
  S
}
impliedMoments <- function(M, x) {
  imp <- lavaan:::lav_model_implied(lavaan:::lav_model_set_parameters(M, x))
  lapply(seq_along(imp$cov), function(g) list(th = imp$th[[g]], R = unname(imp$cov[[g]])))
}
godambe <- function(fit) {
  M <- fit@Model; x <- lavaan:::lav_model_get_parameters(M); available <- fit@Options$missing == "available.cases"
  K <- if (M@eq.constraints) M@eq.constraints.K else diag(length(x))
  names <- fit@Data@ov.names
  split <- lapply(seq_along(names), function(g) sub("[|].*", "", fit@SampleStats@th.names[[g]]))
  byVariable <- function(th, g) lapply(names[[g]], function(v) th[split[[g]] == v])
  rows <- function(x) do.call(rbind, lapply(seq_along(names), function(g) {
    flat <- function(x) { m <- impliedMoments(M, x)[[g]]; D <- 1 / sqrt(diag(m$R)); c(m$th, (m$R * outer(D, D))[lower.tri(m$R)]) }
    m <- flat(x); k <- length(split[[g]]); R <- diag(length(names[[g]])); R[lower.tri(R)] <- m[-seq_len(k)]
    S <- momentScores(fit@Data@X[[g]], byVariable(m[seq_len(k)], g), R, available)
    J <- sapply(seq_along(x), function(c) { h <- 1e-5; e <- replace(numeric(length(x)), c, h); (flat(x + e) - flat(x - e)) / (2 * h) })
    S %*% J
  }))
  S <- rows(x)
  H <- sapply(seq_along(x), function(c) { h <- 1e-4; e <- replace(numeric(length(x)), c, h); -(colSums(rows(x + e)) - colSums(rows(x - e))) / (2 * h) })
  A <- solve(t(K) %*% ((H + t(H)) / 2) %*% K)
  list(vcov = K %*% A %*% t(K) %*% crossprod(S) %*% K %*% A %*% t(K), score = max(abs(t(K) %*% colSums(S))))
}
