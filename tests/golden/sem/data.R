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
