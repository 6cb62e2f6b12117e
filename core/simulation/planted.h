// Private to the plan of a pour: the faults of each scenario.
#pragma once

#include <string>

#include "core/simulation/plan.h"

namespace cvd::simulation {

// Changes an ordinary crew into that of the scenario, before times are given to its insertions.
void plantFaults(const std::string& scenario, CrewPlan& crew, int crewIndex, PourPlan& plan,
                 Random& random);
// What only the times or the whole pour tell, once everything is scheduled.
void plantFaultsOfTheWhole(const std::string& scenario, PourPlan& plan);

}  // namespace cvd::simulation
