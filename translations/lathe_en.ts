<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>Text</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::shell::MainWindow</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images added</source>
        <translation>
            <numerusform>%Ln image added</numerusform>
            <numerusform>%Ln images added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln annotations</source>
        <translation>
            <numerusform>, %Ln annotation</numerusform>
            <numerusform>, %Ln annotations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln known already</source>
        <translation>
            <numerusform>, %Ln known already</numerusform>
            <numerusform>, %Ln known already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln files are missing</source>
        <translation>
            <numerusform>, %Ln file is missing</numerusform>
            <numerusform>, %Ln files are missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln refused</source>
        <translation>
            <numerusform>, %Ln refused</numerusform>
            <numerusform>, %Ln refused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::shell::StatusBar</name>
    <message numerus="yes">
        <source>%n jobs</source>
        <translation>
            <numerusform>%n job</numerusform>
            <numerusform>%n jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::BrowseMode</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set the split of %n image(s)</source>
        <translation>
            <numerusform>Set the split of %n image</numerusform>
            <numerusform>Set the split of %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::FacetRow</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::ImageGrid</name>
    <message numerus="yes">
        <source>%n image(s), %1 selected</source>
        <translation>
            <numerusform>%n image, %1 selected</numerusform>
            <numerusform>%n images, %1 selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::Inspector</name>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n object</numerusform>
            <numerusform>%n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::LabelMode</name>
    <message numerus="yes">
        <source>All %n image(s) of this set are done.</source>
        <translation>
            <numerusform>All %n image of this set are done.</numerusform>
            <numerusform>All %n images of this set are done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) in the journal</source>
        <translation>
            <numerusform>%n edit in the journal</numerusform>
            <numerusform>%n edits in the journal</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SelectionPanel</name>
    <message numerus="yes">
        <source>%n shape(s) selected. A digit gives them a class.</source>
        <translation>
            <numerusform>%n shape selected. A digit gives them a class.</numerusform>
            <numerusform>%n shapes selected. A digit gives them a class.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n edit</numerusform>
            <numerusform>%n edits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::View</name>
    <message numerus="yes">
        <source>%n shape(s)</source>
        <translation>
            <numerusform>%n shape</numerusform>
            <numerusform>%n shapes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::CasesPanel</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::CompareMode</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the charts</source>
        <translation>
            <numerusform>%n in the charts</numerusform>
            <numerusform>%n in the charts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::VerdictPanel</name>
    <message numerus="yes">
        <source>same %n image(s)</source>
        <translation>
            <numerusform>same %n image</numerusform>
            <numerusform>same %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::review::ReviewMode</name>
    <message numerus="yes">
        <source>Audit log %n entries</source>
        <translation>
            <numerusform>Audit log %n entries</numerusform>
            <numerusform>Audit log %n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>model %1, %n epoch(s)</source>
        <translation>
            <numerusform>model %1, %n epoch</numerusform>
            <numerusform>model %1, %n epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>package, %n file(s), %1 MB</source>
        <translation>
            <numerusform>package, %n file, %1 MB</numerusform>
            <numerusform>package, %n files, %1 MB</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::serve::ServeMode</name>
    <message numerus="yes">
        <source>Golden inputs: %n case(s), largest difference %1, %2</source>
        <translation>
            <numerusform>Golden inputs: %n case, largest difference %1, %2</numerusform>
            <numerusform>Golden inputs: %n cases, largest difference %1, %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::MachinePanel</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::StartMode</name>
    <message numerus="yes">
        <source>%n classes</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n runs</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wait</source>
        <translation>
            <numerusform>%n waits</numerusform>
            <numerusform>%n wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n approved</source>
        <translation>
            <numerusform>%n approved</numerusform>
            <numerusform>%n approved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>on %n targets</source>
        <translation>
            <numerusform>on %n target</numerusform>
            <numerusform>on %n targets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n targets</source>
        <translation>
            <numerusform>%n target</numerusform>
            <numerusform>%n targets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::WorkspaceCard</name>
    <message numerus="yes">
        <source>%n classes</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::NextRun</name>
    <message numerus="yes">
        <source>Freeze now, %n image(s)</source>
        <translation>
            <numerusform>Freeze now, %n image</numerusform>
            <numerusform>Freeze now, %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n image(s)</source>
        <translation>
            <numerusform>%1, %n image</numerusform>
            <numerusform>%1, %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
</TS>
