// Readers that two repositories share: the project list shows videos and results too. Not for other
// modules. `column` is where the record's columns start in the row.
#pragma once

#include "core/storage/repositories.h"

namespace cvd::storage {

const QString& videoColumns();  // starts with id
VideoRecord videoFrom(const Row& row, int column);
inline constexpr int kVideoColumnCount = 18;

const QString& resultColumns();  // starts with id, without summary
ResultRecord resultFrom(const Row& row, int column);
inline constexpr int kResultColumnCount = 20;

}  // namespace cvd::storage
