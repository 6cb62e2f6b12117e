#include "core/storage/row_readers.h"
#include "core/storage/sql_helpers.h"

namespace cvd::storage {
namespace {

const QString kColumns = QStringLiteral(
    "sha256, path, linked, thumbnail, file_name, bytes, modified, width, height, frames, fps, "
    "duration_s, time_base_num, time_base_den, vfr, codec, created");

QVariantList valuesOf(const VideoRecord& v) {
    const QDateTime created = v.created.isValid() ? v.created : QDateTime::currentDateTimeUtc();
    return {v.sha256, v.path,           v.linked,      v.thumbnail,   v.fileName,
            v.bytes,  toDb(v.modified), v.width,       v.height,      v.frames,
            v.fps,    v.durationS,      v.timeBaseNum, v.timeBaseDen, v.variableFrameRate,
            v.codec,  toDb(created)};
}

}  // namespace

const QString& videoColumns() {
    static const QString kAll = QStringLiteral("id, ") + kColumns;
    return kAll;
}

VideoRecord videoFrom(const Row& row, int c) {
    VideoRecord v;
    v.id = idFrom<VideoId>(row, c);
    v.sha256 = row.text(c + 1);
    v.path = row.text(c + 2);
    v.linked = row.flag(c + 3);
    v.thumbnail = row.text(c + 4);
    v.fileName = row.text(c + 5);
    v.bytes = row.integer(c + 6);
    v.modified = row.time(c + 7);
    v.width = int(row.integer(c + 8));
    v.height = int(row.integer(c + 9));
    v.frames = row.integer(c + 10);
    v.fps = row.real(c + 11);
    v.durationS = row.real(c + 12);
    v.timeBaseNum = row.integer(c + 13);
    v.timeBaseDen = row.integer(c + 14);
    v.variableFrameRate = row.flag(c + 15);
    v.codec = row.text(c + 16);
    v.created = row.time(c + 17);
    return v;
}

Result<VideoId> VideoRepository::insert(const VideoRecord& video) {
    CVD_TRY_ASSIGN(const Done done, m_db.execute(insertSql("video", kColumns), valuesOf(video)));
    return VideoId{done.insertId};
}

Result<bool> VideoRepository::update(const VideoRecord& video) {
    return updateById(m_db, "video", kColumns, "id", video.id, valuesOf(video));
}

Result<bool> VideoRepository::remove(VideoId id) {
    return removeById(m_db, "video", "id", id);
}

Result<std::optional<VideoRecord>> VideoRepository::find(VideoId id) {
    return firstOf<VideoRecord>(
        m_db, QStringLiteral("SELECT %1 FROM video WHERE id = ?").arg(videoColumns()),
        {idValue(id)}, [](const Row& row) { return videoFrom(row, 0); });
}

Result<std::optional<VideoRecord>> VideoRepository::findStored(const QString& sha256, bool linked,
                                                               const QString& path) {
    Where where;
    where.add(QStringLiteral("sha256 = ?"), {sha256});
    where.add(QStringLiteral("linked = ?"), {linked});
    if (linked) {
        where.add(QStringLiteral("path = ?"), {path});
    }
    return firstOf<VideoRecord>(m_db,
                                QStringLiteral("SELECT %1 FROM video%2 ORDER BY id LIMIT 1")
                                    .arg(videoColumns(), where.sql()),
                                where.values, [](const Row& row) { return videoFrom(row, 0); });
}

Result<QList<VideoRecord>> VideoRepository::unused() {
    return listOf<VideoRecord>(
        m_db,
        QStringLiteral("SELECT %1 FROM video v WHERE NOT EXISTS (SELECT 1 FROM project p WHERE "
                       "p.video_id = v.id) ORDER BY v.id")
            .arg(qualified(videoColumns(), QStringLiteral("v"))),
        {}, [](const Row& row) { return videoFrom(row, 0); });
}

}  // namespace cvd::storage
