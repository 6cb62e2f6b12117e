<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>cli</name>
    <message numerus="yes">
        <source>%n insertion(s)</source>
        <translation>
            <numerusform>%n insertion</numerusform>
            <numerusform>%n insertions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n violation(s)</source>
        <translation>
            <numerusform>%n violation</numerusform>
            <numerusform>%n violations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) copied and compared.</source>
        <translation>
            <numerusform>%n row copied and compared.</numerusform>
            <numerusform>%n rows copied and compared.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) unchanged</source>
        <translation>
            <numerusform>%n file unchanged</numerusform>
            <numerusform>%n files unchanged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui</name>
    <message numerus="yes">
        <source>about %n s left</source>
        <translation>
            <numerusform>about %n s left</numerusform>
            <numerusform>about %n s left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n min left</source>
        <translation>
            <numerusform>about %n min left</numerusform>
            <numerusform>about %n min left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n h left</source>
        <translation>
            <numerusform>about %n h left</numerusform>
            <numerusform>about %n h left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui::DatabasePage</name>
    <message numerus="yes">
        <source>Next try in %n s</source>
        <translation>
            <numerusform>Next try in %n s</numerusform>
            <numerusform>Next try in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui::ExportDialog</name>
    <message numerus="yes">
        <source>%n file(s), %1, in %2</source>
        <translation>
            <numerusform>%n file, %1, in %2</numerusform>
            <numerusform>%n files, %1, in %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui::HelpWindow</name>
    <message numerus="yes">
        <source>%n place(s) found</source>
        <translation>
            <numerusform>%n place found</numerusform>
            <numerusform>%n places found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui::ImportDialog</name>
    <message numerus="yes">
        <source>%n file(s) were refused. The details say why.</source>
        <translation>
            <numerusform>%n file was refused. The details say why.</numerusform>
            <numerusform>%n files were refused. The details say why.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui::InsertionPanel</name>
    <message numerus="yes">
        <source>%n insertion(s)</source>
        <translation>
            <numerusform>%n insertion</numerusform>
            <numerusform>%n insertions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n touch(es)</source>
        <translation>
            <numerusform>Show %n touch</numerusform>
            <numerusform>Show %n touches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui::PasswordFields</name>
    <message numerus="yes">
        <source>At least %n characters; a few words are good.</source>
        <translation>
            <numerusform>At least %n characters; a few words are good.</numerusform>
            <numerusform>At least %n characters; a few words are good.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui::ProjectText</name>
    <message numerus="yes">
        <source>%n reviewed</source>
        <comment>violations</comment>
        <translation>
            <numerusform>%n reviewed</numerusform>
            <numerusform>%n reviewed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui::Shell</name>
    <message numerus="yes">
        <source>%n note(s) typed earlier belong to no verdict yet. They stand where they were typed; a verdict or Enter saves them.</source>
        <translation>
            <numerusform>%n note typed earlier belongs to no verdict yet. It stands where it was typed; a verdict or Enter saves it.</numerusform>
            <numerusform>%n notes typed earlier belong to no verdict yet. They stand where they were typed; a verdict or Enter saves them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui::UsersPage</name>
    <message numerus="yes">
        <source>This user has %n project(s). Delete them or give them to somebody else first.</source>
        <translation>
            <numerusform>This user has %n project. Delete them or give them to somebody else first.</numerusform>
            <numerusform>This user has %n projects. Delete them or give them to somebody else first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui::ViolationPanel</name>
    <message numerus="yes">
        <source>%n violation(s) are selected: a verdict goes to all of them.</source>
        <translation>
            <numerusform>%n violation is selected.</numerusform>
            <numerusform>%n violations are selected: a verdict goes to all of them.</numerusform>
        </translation>
    </message>
</context>
</TS>
