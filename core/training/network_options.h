// Size of the network. Torch-free, so that callers and tests can name a tiny one.
#pragma once

namespace cvd::training {

// Size in px of the input that the network is trained for and exported with, unless told otherwise.
inline constexpr int kInputWidth = 768, kInputHeight = 448;

// Its sides are halved five times.
inline bool fitsNetwork(int width, int height) {
    return width >= 32 && height >= 32 && width % 32 == 0 && height % 32 == 0;
}

struct NetworkOptions {
    int stem = 16;                                               // channels at stride 2
    int width4 = 32, width8 = 64, width16 = 128, width32 = 256;  // channels at each stride
    int blocks4 = 1, blocks8 = 2, blocks16 = 3, blocks32 = 2;    // residual units at each stride
    // Residual units at stride 64, which see nearly the whole picture: people who fill it, and what
    // kind of place it is. 0: no such stage (networks up to version 0.5).
    int blocks64 = 2;
    int neck = 96;  // channels of pyramid and head
    int headConvs = 2;
    bool operator==(const NetworkOptions&) const = default;
};

}  // namespace cvd::training
