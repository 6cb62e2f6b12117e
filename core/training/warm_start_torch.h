// Goes on from an exported model where its checkpoint is gone.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/training/network_torch.h"

namespace cvd::training {

// The network of a TorchScript that exportModel() wrote, in eval mode with its norms folded,
// exactly as it was exported. BadInput where the file is no such export or of a network of another
// shape.
Result<CvdNet> readExport(const std::filesystem::path& script, const NetworkOptions& options);

// Gives `net` the weights of a TorchScript that exportModel() wrote. An export has its batch norms
// folded away; they are put back so that the network answers as the export does, with the
// statistics that it has on `pictures` (float [N, 3, H, W], 0..1 BGR; some hundred), so that
// training goes on without a jolt. The optimizer's memory is not in an export. BadInput where the
// file is no such export or of a network of another shape; `net` may be half changed then.
Status takeExportedWeights(CvdNet& net, const std::filesystem::path& script,
                           const std::vector<torch::Tensor>& pictures);

}  // namespace cvd::training
