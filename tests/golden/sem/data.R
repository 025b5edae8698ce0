# Data of the models: lavaan's own sets and simulated ones, written once as CSV
# with 15 significant digits; every fit reads the CSV, so both sides see the same numbers.
dir.create("data", showWarnings = FALSE)
save <- function(frame, name) {
  for (v in names(frame)) if (is.numeric(frame[[v]])) frame[[v]] <- signif(frame[[v]], 15)
  write.csv(frame, paste0("data/", name, ".csv"), row.names = FALSE, quote = FALSE, na = "", fileEncoding = "UTF-8")
}
hsData <- HolzingerSwineford1939[, c("sex", "ageyr", "agemo", "school", paste0("x", 1:9))]
save(hsData, "hs")
save(PoliticalDemocracy, "political")
set.seed(1); save(round(Demo.growth[sample(nrow(Demo.growth), 300), ], 6), "growth")
set.seed(2)
n <- 260; q <- rnorm(n); s <- 0.6 * q + rnorm(n, sd = 0.7)
save(round(data.frame(外观 = q + rnorm(n, sd = .6), 性能 = .8 * q + rnorm(n, sd = .7), 耐用 = 1.1 * q + rnorm(n, sd = .8), 总体 = s + rnorm(n, sd = .5), 预期 = .9 * s + rnorm(n, sd = .6), 理想 = .7 * s + rnorm(n, sd = .7), check.names = FALSE), 5), "chinese")
wild <- hsData[, paste0("x", 1:6)]; wild$x2 <- wild$x2 * 100; wild$x3 <- wild$x3 * 0.05; wild$x5 <- wild$x5 * 20
save(wild, "wild")
set.seed(3)
one <- function(n, shift, site) { f <- rnorm(n, shift); g <- 0.5 * f + rnorm(n, sd = .8); Y <- sapply(c(1, .8, .9, .7), function(l) l * f + rnorm(n, sd = .6)); Z <- sapply(c(1, 1.1, .8), function(l) l * g + rnorm(n, sd = .5)); d <- as.data.frame(round(cbind(Y, Z), 5)); names(d) <- paste0("y", 1:7); d$site <- site; d }
save(rbind(one(120, 0, "north"), one(150, .4, "south"), one(100, -.3, "west")), "threegroups")

set.seed(4)
f <- rnorm(240); g <- .5 * f + rnorm(240, sd = .8)
skew <- function(v) round(exp(v / 1.5), 5)
skewed <- as.data.frame(lapply(list(y1 = f + rnorm(240, sd = .6), y2 = .8 * f + rnorm(240, sd = .6), y3 = .9 * f + rnorm(240, sd = .7), y4 = .7 * f + rnorm(240, sd = .6), y5 = g + rnorm(240, sd = .5), y6 = 1.1 * g + rnorm(240, sd = .5), y7 = .8 * g + rnorm(240, sd = .6)), skew))
save(skewed, "skewed")
set.seed(5)
holes <- function(frame, names, share) { for (v in names) frame[[v]][runif(nrow(frame)) < share] <- NA; frame }
save(holes(hsData, paste0("x", 1:9), .12), "hsmissing")
g4 <- read.csv("data/growth.csv"); for (t in 2:4) g4[[paste0("t", t)]][runif(nrow(g4)) < .1 * t] <- NA
save(g4, "growthmissing")
suppressMessages(library(psych)); data(bfi, package = if ("psychTools" %in% rownames(installed.packages())) "psychTools" else "psych")
save(bfi[seq(1, 2800, by = 4), c(paste0("A", 1:5), paste0("N", 1:5))], "bfi")
set.seed(6)
n <- 420; f <- rnorm(n); g <- .5 * f + rnorm(n, sd = .8); h <- .4 * f + rnorm(n, sd = .9)
x1 <- round(rnorm(n), 4); x2 <- rbinom(n, 1, .5); f <- f + .4 * x1 + .3 * x2
cutAt <- function(v, at) as.integer(cut(v, c(-Inf, at, Inf)))
item <- function(l, factor, at) cutAt(l * factor + rnorm(n, sd = .8), at)
ord <- data.frame(u1 = item(1, f, c(-.8, .6)), u2 = item(.8, f, c(-.5, .9)), u3 = item(.9, f, c(-1, .2)), u4 = item(.7, f, c(-.3, .8)), u5 = item(1, g, c(-.7, .5)), u6 = item(.9, g, c(-.9, .4)), u7 = item(.8, g, c(-.4, .7)), u8 = item(.7, g, c(-.6, .6)))
for (i in 1:4) ord[[paste0("b", i)]] <- item(c(1, .8, .9, .7)[i], f, c(.2, -.3, 0, .4)[i]) - 1L
at5 <- c(-1.2, -.4, .5, 1.3); for (i in 1:5) ord[[paste0("v", i)]] <- item(.9 - .05 * i, f, at5 + .1 * i); for (i in 6:10) ord[[paste0("v", i)]] <- item(1.2 - .05 * i, if (i < 8) g else h, at5 - .05 * i)
ord$y1 <- round(f + rnorm(n, sd = .6), 4); ord$y2 <- round(.8 * f + rnorm(n, sd = .7), 4); ord$y3 <- round(g + rnorm(n, sd = .6), 4); ord$x1 <- x1; ord$x2 <- x2; ord$site <- rep(c("north", "south"), length.out = n)
save(ord, "ordinal")
save(holes(ord, paste0("u", 1:8), .08), "ordinalmissing")
set.seed(7)
n <- 360; site <- rep(1:24, each = 15); e <- rnorm(24, sd = .5)[site]; x <- round(rnorm(n), 4); f <- .4 * x + e + rnorm(n); g <- .5 * f + rnorm(n, sd = .8)
cl <- round(data.frame(y1 = f + rnorm(n, sd = .6), y2 = .8 * f + rnorm(n, sd = .6), y3 = .9 * f + rnorm(n, sd = .7), y4 = .7 * f + rnorm(n, sd = .6), y5 = g + rnorm(n, sd = .5), y6 = 1.1 * g + rnorm(n, sd = .5), y7 = .8 * g + rnorm(n, sd = .6), x = x), 5)
cl$w <- round(runif(n, .5, 2), 3); cl$site <- site; cl$kind <- ifelse(site <= 12, "urban", "rural")
save(cl, "clusters")
