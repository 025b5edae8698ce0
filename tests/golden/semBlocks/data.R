# Questionnaires of two schools that share three items: the items of the other school were not asked.
# `own` says which variables a school answered; everything else is missing there.
asked <- list("Pasteur" = paste0("x", 1:6), "Grant-White" = paste0("x", c(1:3, 7:9)))
unasked <- function(frame) {
  for (school in names(asked)) frame[frame$school == school, setdiff(paste0("x", 1:9), asked[[school]])] <- NA
  frame
}
set.seed(5)
complete <- read.csv("../sem/data/hs.csv")
complete$w <- round(runif(nrow(complete), .4, 2.2), 3)
complete$site <- rep(1:43, each = 7)[order(order(complete$school))]
for (i in 1:9) complete[[paste0("u", i)]] <- as.integer(cut(complete[[paste0("x", i)]], c(-Inf, quantile(complete[[paste0("x", i)]], if (i %% 2) c(.25, .6) else c(.2, .5, .8)), Inf)))
for (school in names(asked)) complete[complete$school == school, sub("x", "u", setdiff(paste0("x", 1:9), asked[[school]]))] <- NA
holes <- unasked(read.csv("../sem/data/hsmissing.csv"))
holes$ageyr[sample(nrow(holes), 12)] <- NA
dir.create("data", showWarnings = FALSE)
write.csv(unasked(complete), "data/schools.csv", row.names = FALSE, quote = FALSE, na = "")
write.csv(holes, "data/holes.csv", row.names = FALSE, quote = FALSE, na = "")

# Three cohorts of one growth study, with two to four waves.
set.seed(6)
growth <- read.csv("../sem/data/growth.csv")
growth$cohort <- rep(c("early", "middle", "late"), length.out = nrow(growth))
growth[growth$cohort == "middle", "t4"] <- NA
growth[growth$cohort == "late", "t1"] <- NA
write.csv(growth, "data/cohorts.csv", row.names = FALSE, quote = FALSE, na = "")
