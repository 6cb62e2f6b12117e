// The detection models of this computer: figures and card of each, which one is the default, and
// for administrators import (with a trial in a process of its own) and removal. GUI thread.
#pragma once

#include <atomic>
#include <memory>

#include <QFutureWatcher>

#include "core/models/model_library.h"
#include "ui/app_context.h"
#include "ui/widgets.h"

class QProgressBar;
class QTableView;
class QTextBrowser;

namespace cvd::ui {

class ModelsModel;

// The models of this computer, with the rights that the context's database gives.
models::ModelLibrary modelLibrary(AppContext& context);

class ModelsPage : public Page {
    Q_OBJECT
public:
    explicit ModelsPage(AppContext& context, QWidget* parent = nullptr);
    ~ModelsPage() override;  // cancels an import

    void refresh();
    void import(const QStringList& files);  // empty: asks
    bool isImporting() const { return m_watcher != nullptr; }

Q_SIGNALS:
    void modelsChanged();
    void failed(const cvd::Error& error);

protected:
    void retranslate() override;
    void restyle() override;

private:
    using Staged = std::shared_ptr<Result<models::StagedModel>>;
    QWidget* head();
    QWidget* body();
    const models::InstalledModel* current() const;
    QString whyNotChange() const;
    void updateActions();
    void showCard();
    void finishImport();
    void makeDefault();
    void remove();
    void report(const Status& status);

    AppContext& m_context;
    ModelsModel* m_model;
    QLabel *m_title, *m_progress;
    QPushButton *m_import, *m_default, *m_remove, *m_cancel;
    QProgressBar* m_bar;
    Banner* m_banner;
    QTableView* m_table;
    QTextBrowser* m_card;
    QFutureWatcher<Staged>* m_watcher = nullptr;
    QString m_importing;
    std::shared_ptr<std::atomic<bool>> m_stop;
};

}  // namespace cvd::ui
