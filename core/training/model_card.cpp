#include "core/training/model_card.h"

namespace cvd::training {

ExportOptions shippedModelOptions() {
    ExportOptions o;
    o.name = "cvd-n";
    o.version = "0.1";
    o.licence =
        "Same as the program; trained on rendered pictures and on photographs under CC BY 4.0, "
        "credited in the model card";
    o.description =
        "Pokers with their two ends, hoes and people on concreting sites. 1.1 million weights, "
        "for two CPU cores.";
    return o;
}

}  // namespace cvd::training
