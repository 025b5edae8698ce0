# Data with waves lost for good and with clusters and holes, from fixed seeds.
keep <- function(frame, name) write.csv(frame, file.path(here, "data", paste0(name, ".csv")), row.names = FALSE, na = "")
set.seed(21)
n <- 220; x <- round(rnorm(n), 4); i <- 1 + .5 * x + rnorm(n); s <- .6 + .3 * x + rnorm(n, sd = .5)
waves <- as.data.frame(round(sapply(0:3, function(t) i + s * t + rnorm(n, sd = .6)), 4)); names(waves) <- paste0("t", 1:4)
# who leaves stays away; a fifth came in at the second wave
left <- sample(2:5, n, TRUE, c(.1, .1, .15, .65)); for (t in 2:4) waves[[paste0("t", t)]][left <= t] <- NA
late <- runif(n) < .2 & left > 2; waves$t1[late] <- NA
waves$x <- x
keep(waves, "waves")
set.seed(22)
holed <- read.csv("data/clusters.csv"); for (v in paste0("y", 1:7)) holed[[v]][runif(nrow(holed)) < .1] <- NA
keep(holed, "clusterholes")
