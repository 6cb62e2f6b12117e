#include "ui/review/review_page.h"

namespace cvd::ui {

struct ReviewPage::Private {
    ReviewData data;
};

ReviewPage::ReviewPage(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>()) {}
ReviewPage::~ReviewPage() = default;
void ReviewPage::setData(ReviewData data) {
    d->data = std::move(data);
}
const ReviewData& ReviewPage::data() const {
    return d->data;
}
void ReviewPage::clear() {
    d->data = {};
}
void ReviewPage::setHistory(qint64, const QList<VerdictEntry>&) {}
void ReviewPage::showMessage(const QString&, const QString&) {}
FrameIndex ReviewPage::shownFrame() const {
    return -1;
}
void ReviewPage::seek(FrameIndex) {}
void ReviewPage::showViolation(qint64) {}
QList<QAction*> ReviewPage::reviewActions() const {
    return {};
}
PlayerWidget* ReviewPage::player() const {
    return nullptr;
}
ViolationPanel* ReviewPage::violationPanel() const {
    return nullptr;
}
InsertionPanel* ReviewPage::insertionPanel() const {
    return nullptr;
}
HeatMapPanel* ReviewPage::heatMapPanel() const {
    return nullptr;
}
TimelineStrip* ReviewPage::timeline() const {
    return nullptr;
}
void ReviewPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
}
bool ReviewPage::eventFilter(QObject*, QEvent*) {
    return false;
}

}  // namespace cvd::ui
