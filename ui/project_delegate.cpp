#include "ui/project_delegate.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/project_model.h"
#include "ui/project_text.h"
#include "ui/theme.h"

namespace cvd::ui {
namespace {

constexpr int kPadding = 12, kMargin = 4;

QString cell(const QModelIndex& index, int column, int role = Qt::DisplayRole) {
    return index.siblingAtColumn(column).data(role).toString();
}

void paintThumbnail(QPainter& painter, const QRectF& room, const QModelIndex& index) {
    const auto picture = index.data(ProjectModel::ThumbnailRole).value<QPixmap>();
    QPainterPath clip;
    clip.setFillRule(Qt::WindingFill);
    clip.addRoundedRect(room, 4, 4);
    clip.addRect(QRectF(room.left(), room.center().y(), room.width(), room.height() / 2));
    painter.save();
    painter.setClipPath(clip);
    painter.fillRect(room, tokens().window);
    if (picture.isNull()) {
        const QPixmap mark = icon(QStringLiteral("video"), tokens().muted).pixmap(32, 32);
        painter.drawPixmap(room.center() - QPointF(16, 16), mark);
    } else {  // fill, cut what is too much
        const double scale =
            std::max(room.width() / picture.width(), room.height() / picture.height());
        const QSizeF part(room.width() / scale, room.height() / scale);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(
            room, picture,
            QRectF((picture.width() - part.width()) / 2, (picture.height() - part.height()) / 2,
                   part.width(), part.height()));
    }
    painter.restore();
}

// Duration over the picture, on a dark plate that reads on any frame.
void paintDuration(QPainter& painter, const QRectF& thumbnail, const QString& text) {
    const QFontMetrics metrics(painter.font());
    const double width = metrics.horizontalAdvance(text) + 10;
    const QRectF plate(thumbnail.right() - width - 8, thumbnail.bottom() - metrics.height() - 12,
                       width, metrics.height() + 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 180));
    painter.drawRoundedRect(plate, 4, 4);
    painter.setPen(Qt::white);
    painter.drawText(plate, Qt::AlignCenter, text);
}

void paintProgress(QPainter& painter, const QRectF& bar, double fraction) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().line);
    painter.drawRoundedRect(bar, 2, 2);
    if (fraction > 0) {
        painter.setBrush(tokens().accent);
        painter.drawRoundedRect(
            QRectF(bar.left(), bar.top(), bar.width() * std::min(1.0, fraction), bar.height()), 2,
            2);
    }
}

}  // namespace

QSize ProjectCardDelegate::cardSize(const QFontMetrics& metrics, int width) {
    const int thumbnail = (width - 2 * kMargin) * 9 / 16;
    return {width, thumbnail + 3 * metrics.height() + 2 * kPadding + 2 * 6 + 8 + 2 * kMargin};
}

QSize ProjectCardDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return cardSize(option.fontMetrics, cardWidth);
}

void ProjectCardDelegate::paint(QPainter* p, const QStyleOptionViewItem& option,
                                const QModelIndex& index) const {
    p->save();
    p->setRenderHint(QPainter::Antialiasing);
    p->setFont(option.font);
    const Tokens& t = tokens();
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    const QRectF card =
        QRectF(option.rect).adjusted(kMargin + .5, kMargin + .5, -kMargin - .5, -kMargin - .5);
    p->setBrush(t.surface);
    p->setPen(QPen(selected || hovered ? t.accent : t.line, selected ? 2 : 1));
    p->drawRoundedRect(card, 4, 4);

    const QRectF thumbnail(card.left() + 1, card.top() + 1, card.width() - 2,
                           card.width() * 9 / 16 - 2);
    paintThumbnail(*p, thumbnail, index);
    paintDuration(*p, thumbnail, cell(index, ProjectModel::DurationColumn));

    const int line = option.fontMetrics.height();
    QRectF row(card.left() + kPadding, thumbnail.bottom() + kPadding, card.width() - 2 * kPadding,
               line);
    p->setPen(t.text);
    const auto elided = [&](const QString& text, double width) {
        return option.fontMetrics.elidedText(text, Qt::ElideRight, int(width));
    };
    p->drawText(row, int(Qt::AlignVCenter | Qt::AlignLeft),
                elided(cell(index, ProjectModel::NameColumn), row.width()));
    row.translate(0, line + 6);
    const QString date = cell(index, ProjectModel::CreatedColumn);
    const double dateWidth = option.fontMetrics.horizontalAdvance(date);
    p->setPen(t.muted);
    p->drawText(row, int(Qt::AlignVCenter | Qt::AlignRight), date);
    p->drawText(row, int(Qt::AlignVCenter | Qt::AlignLeft),
                elided(cell(index, ProjectModel::OwnerColumn), row.width() - dateWidth - 8));

    const auto status = projects::ProjectStatus(index.data(ProjectModel::StatusRole).toInt());
    const QString progress = index.data(ProjectModel::ProgressTextRole).toString();
    row.translate(0, line + 6);
    row.setHeight(line + 6);
    const StateChip chip = stateChip(status);
    const double width = chipWidth(option.fontMetrics, chip);
    paintChip(*p, QRectF(row.left(), row.top(), width, row.height()), chip);
    const QString right = status == projects::ProjectStatus::Running
                              ? progress
                              : cell(index, ProjectModel::ReviewColumn);
    p->setPen(t.muted);
    p->drawText(row, int(Qt::AlignVCenter | Qt::AlignRight),
                elided(right, row.width() - width - 8));
    if (status == projects::ProjectStatus::Running) {
        paintProgress(*p, QRectF(thumbnail.left(), thumbnail.bottom() - 4, thumbnail.width(), 4),
                      index.data(ProjectModel::ProgressRole).toDouble());
    }
    if (option.state & QStyle::State_HasFocus) {
        p->setBrush(Qt::NoBrush);
        p->setPen(QPen(t.accent, 2));
        p->drawRoundedRect(card, 4, 4);
    }
    p->restore();
}

QSize StateChipDelegate::sizeHint(const QStyleOptionViewItem& option,
                                  const QModelIndex& index) const {
    StateChip chip;
    chip.text = index.data().toString();
    return {chipWidth(option.fontMetrics, chip) + 16, option.fontMetrics.height() + 16};
}

void StateChipDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    QStyleOptionViewItem empty = option;
    initStyleOption(&empty, index);
    empty.text.clear();
    empty.icon = {};
    empty.widget->style()->drawControl(QStyle::CE_ItemViewItem, &empty, painter, empty.widget);
    StateChip chip =
        stateChip(projects::ProjectStatus(index.data(ProjectModel::StatusRole).toInt()));
    chip.text = index.data().toString();
    const int height = option.fontMetrics.height() + 6;
    painter->setFont(option.font);
    paintChip(
        *painter,
        QRectF(option.rect.left() + 8, option.rect.center().y() - height / 2,
               std::min(chipWidth(option.fontMetrics, chip), option.rect.width() - 12), height),
        chip);
}

}  // namespace cvd::ui
