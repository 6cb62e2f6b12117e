// Pictures that other people made: any of them may be broken, or no picture at all.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>

#include <opencv2/core/mat.hpp>

#include "core/base/result.h"

namespace cvd::training {

// 8 bits, three channels. BadInput for whatever cannot be decoded, also where OpenCV throws
// (impossible sizes), and for what is no file.
Result<cv::Mat> readPicture(const std::filesystem::path& file);

// Whether a name ends like one of these (".jpg"), in capitals or not.
bool endsLike(const std::filesystem::path& file, std::initializer_list<const char*> endings);

// A line in the log, once however often it is asked for.
void warnOnce(const std::string& line);
// That a picture does not count, and why.
void warnLeftOut(const Error& why);

}  // namespace cvd::training
