<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>Differences</name>
    <message numerus="yes">
        <source>%Ln shape(s) added</source>
        <translation>
            <numerusform>%Ln shape added</numerusform>
            <numerusform>%Ln shapes added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) removed</source>
        <translation>
            <numerusform>%Ln shape removed</numerusform>
            <numerusform>%Ln shapes removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) moved</source>
        <translation>
            <numerusform>%Ln shape moved</numerusform>
            <numerusform>%Ln shapes moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) with another class</source>
        <translation>
            <numerusform>%Ln shape with another class</numerusform>
            <numerusform>%Ln shapes with another class</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) redrawn with another class</source>
        <translation>
            <numerusform>%Ln shape redrawn with another class</numerusform>
            <numerusform>%Ln shapes redrawn with another class</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) with other attributes</source>
        <translation>
            <numerusform>%Ln shape with other attributes</numerusform>
            <numerusform>%Ln shapes with other attributes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) added</source>
        <translation>
            <numerusform>%Ln image added</numerusform>
            <numerusform>%Ln images added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) removed</source>
        <translation>
            <numerusform>%Ln image removed</numerusform>
            <numerusform>%Ln images removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) in another split</source>
        <translation>
            <numerusform>%Ln image in another split</numerusform>
            <numerusform>%Ln images in another split</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln annotation(s) added</source>
        <translation>
            <numerusform>%Ln annotation added</numerusform>
            <numerusform>%Ln annotations added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln annotation(s) removed</source>
        <translation>
            <numerusform>%Ln annotation removed</numerusform>
            <numerusform>%Ln annotations removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln annotation(s) changed</source>
        <translation>
            <numerusform>%Ln annotation changed</numerusform>
            <numerusform>%Ln annotations changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicateWords</name>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln group</numerusform>
            <numerusform>%Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leak(s) between splits</source>
        <translation>
            <numerusform>%Ln leak between splits</numerusform>
            <numerusform>%Ln leaks between splits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln excluded</source>
        <translation>
            <numerusform>%Ln excluded</numerusform>
            <numerusform>%Ln excluded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>keeps %Ln</source>
        <translation>
            <numerusform>keeps %Ln</numerusform>
            <numerusform>keeps %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>excludes %Ln</source>
        <translation>
            <numerusform>excludes %Ln</numerusform>
            <numerusform>excludes %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>exact copy of %1, %n bit(s)</source>
        <translation>
            <numerusform>exact copy of %1, %n bit</numerusform>
            <numerusform>exact copy of %1, %n bits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>near, %n bit(s) from the first</source>
        <translation>
            <numerusform>near, %n bit from the first</numerusform>
            <numerusform>near, %n bits from the first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s)</source>
        <translation>
            <numerusform>%Ln label</numerusform>
            <numerusform>%Ln labels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Explore</name>
    <message numerus="yes">
        <source>%Ln labelled</source>
        <translation>
            <numerusform>%Ln labelled</numerusform>
            <numerusform>%Ln labelled</numerusform>
        </translation>
    </message>
</context>
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
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tag %n image(s)</source>
        <translation>
            <numerusform>Tag %n image</numerusform>
            <numerusform>Tag %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) tagged %1</source>
        <translation>
            <numerusform>%n image tagged %1</numerusform>
            <numerusform>%n images tagged %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 taken off %n image(s)</source>
        <translation>
            <numerusform>%1 taken off %n image</numerusform>
            <numerusform>%1 taken off %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change the class of %n object(s)</source>
        <translation>
            <numerusform>Change the class of %n object</numerusform>
            <numerusform>Change the class of %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) are %1 now</source>
        <translation>
            <numerusform>%n object is %1 now</numerusform>
            <numerusform>%n objects are %1 now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln tile(s) for </source>
        <translation>
            <numerusform>%Ln tile for </numerusform>
            <numerusform>%Ln tiles for </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::duplicates::DuplicateView</name>
    <message numerus="yes">
        <source>%Ln set(s)</source>
        <translation>
            <numerusform>%Ln set</numerusform>
            <numerusform>%Ln sets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::duplicates::DuplicatesPage</name>
    <message numerus="yes">
        <source>Exclude %n duplicate(s)</source>
        <translation>
            <numerusform>Exclude %n duplicate</numerusform>
            <numerusform>Exclude %n duplicates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) excluded</source>
        <translation>
            <numerusform>%Ln image excluded</numerusform>
            <numerusform>%Ln images excluded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Include %n image(s) again</source>
        <translation>
            <numerusform>Include %n image again</numerusform>
            <numerusform>Include %n images again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) included again</source>
        <translation>
            <numerusform>%Ln image included again</numerusform>
            <numerusform>%Ln images included again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) couldn&apos;t be compared</source>
        <translation>
            <numerusform>%Ln image couldn&apos;t be compared</numerusform>
            <numerusform>%Ln images couldn&apos;t be compared</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exclude the other %Ln</source>
        <translation>
            <numerusform>Exclude the other %Ln</numerusform>
            <numerusform>Exclude the other %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Include %Ln again</source>
        <translation>
            <numerusform>Include %Ln again</numerusform>
            <numerusform>Include %Ln again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bit(s) of 64: %1</source>
        <translation>
            <numerusform>%n bit of 64: %1</numerusform>
            <numerusform>%n bits of 64: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) must be looked at once: %1. You can go on working meanwhile.</source>
        <translation>
            <numerusform>%Ln image must be looked at once: %1. You can go on working meanwhile.</numerusform>
            <numerusform>%Ln images must be looked at once: %1. You can go on working meanwhile.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) compared.</source>
        <translation>
            <numerusform>%Ln image compared.</numerusform>
            <numerusform>%Ln images compared.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::explore::ExploreCharts</name>
    <message numerus="yes">
        <source>%1: %Ln image(s)</source>
        <translation>
            <numerusform>%1: %Ln image</numerusform>
            <numerusform>%1: %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 with %2: %Ln image(s), %3 of those with %1</source>
        <translation>
            <numerusform>%1 with %2: %Ln image, %3 of those with %1</numerusform>
            <numerusform>%1 with %2: %Ln images, %3 of those with %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the %Ln commonest of %1</source>
        <translation>
            <numerusform>the commonest of %1</numerusform>
            <numerusform>the %Ln commonest of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln centre(s)</source>
        <translation>
            <numerusform>%Ln centre</numerusform>
            <numerusform>%Ln centres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>width %1, height %2: %Ln image(s)</source>
        <translation>
            <numerusform>width %1, height %2: %Ln image</numerusform>
            <numerusform>width %1, height %2: %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different one(s)</source>
        <translation>
            <numerusform>all the same</numerusform>
            <numerusform>%Ln different ones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>not known of %Ln image(s)</source>
        <translation>
            <numerusform>not known of %Ln image</numerusform>
            <numerusform>not known of %Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::search::FacetSection</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::search::SplitMover</name>
    <message numerus="yes">
        <source>Set the split of %n image(s)</source>
        <translation>
            <numerusform>Set the split of %n image</numerusform>
            <numerusform>Set the split of %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) have no split now</source>
        <translation>
            <numerusform>%Ln image has no split now</numerusform>
            <numerusform>%Ln images have no split now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) moved to %1</source>
        <translation>
            <numerusform>%Ln image moved to %1</numerusform>
            <numerusform>%Ln images moved to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) belong to a frozen test set and stay in it. Figures measured on it before couldn&apos;t be compared with new ones.</source>
        <translation>
            <numerusform>%Ln image belongs to a frozen test set and stays in it. Figures measured on it before couldn&apos;t be compared with new ones.</numerusform>
            <numerusform>%Ln images belong to a frozen test set and stay in it. Figures measured on it before couldn&apos;t be compared with new ones.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::tiles::ImageGrid</name>
    <message numerus="yes">
        <source>%n image(s), %1 selected</source>
        <translation>
            <numerusform>%n image, %1 selected</numerusform>
            <numerusform>%n images, %1 selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, a group of %n image(s)</source>
        <translation>
            <numerusform>%1, a group of %n image</numerusform>
            <numerusform>%1, a group of %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::tiles::ImageList</name>
    <message numerus="yes">
        <source>%Ln image(s), %1 selected</source>
        <translation>
            <numerusform>%Ln image, %1 selected</numerusform>
            <numerusform>%Ln images, %1 selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::LineageView</name>
    <message numerus="yes">
        <source>%Ln card(s)</source>
        <translation>
            <numerusform>%Ln card</numerusform>
            <numerusform>%Ln cards</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::MergeSheet</name>
    <message numerus="yes">
        <source>%Ln conflict(s): both changed the same thing since %1</source>
        <translation>
            <numerusform>%Ln conflict: both changed the same thing since %1</numerusform>
            <numerusform>%Ln conflicts: both changed the same thing since %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) will change; nothing is deleted, and it can be undone.</source>
        <translation>
            <numerusform>%Ln image will change; nothing is deleted, and it can be undone.</numerusform>
            <numerusform>%Ln images will change; nothing is deleted, and it can be undone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::VersionSheet</name>
    <message numerus="yes">
        <source>%Ln image(s) will change; nothing is deleted, and it can be undone.</source>
        <translation>
            <numerusform>%Ln image will change; nothing is deleted, and it can be undone.</numerusform>
            <numerusform>%Ln images will change; nothing is deleted, and it can be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) changed since %1 was taken. Freeze a snapshot first to keep that as a version.</source>
        <translation>
            <numerusform>%Ln image changed since %1 was taken. Freeze a snapshot first to keep that as a version.</numerusform>
            <numerusform>%Ln images changed since %1 was taken. Freeze a snapshot first to keep that as a version.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::VersionsPage</name>
    <message numerus="yes">
        <source>%Ln image(s) changed since %1</source>
        <translation>
            <numerusform>%Ln image changed since %1</numerusform>
            <numerusform>%Ln images changed since %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) not in it</source>
        <translation>
            <numerusform>%Ln image not in it</numerusform>
            <numerusform>%Ln images not in it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) changed</source>
        <translation>
            <numerusform>%Ln image changed</numerusform>
            <numerusform>%Ln images changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln annotation(s) changed since and stay as they are.</source>
        <translation>
            <numerusform>%Ln annotation changed since and stays as it is.</numerusform>
            <numerusform>%Ln annotations changed since and stay as they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::CommentModel</name>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::CommentPin</name>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation>
            <numerusform>%n comment</numerusform>
            <numerusform>%n comments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::CommentPopup</name>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation>
            <numerusform>%n comment</numerusform>
            <numerusform>%n comments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::GhostTool</name>
    <message numerus="yes">
        <source>%n shape(s) found. Enter takes them, a click leaves one out, Escape drops them.</source>
        <translation>
            <numerusform>%n shape found. Enter takes them, a click leaves one out, Escape drops them.</numerusform>
            <numerusform>%n shapes found. Enter takes them, a click leaves one out, Escape drops them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::HistoryModel</name>
    <message numerus="yes">
        <source>%n shape(s), %1</source>
        <translation>
            <numerusform>%n shape, %1</numerusform>
            <numerusform>%n shapes, %1</numerusform>
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
    <message numerus="yes">
        <source>None of %n shape(s) could be followed to the next image.</source>
        <translation>
            <numerusform>The shape could not be followed to the next image.</numerusform>
            <numerusform>None of %n shapes could be followed to the next image.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) refused</source>
        <translation>
            <numerusform>%n suggestion refused</numerusform>
            <numerusform>%n suggestions refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 suggests %n label(s).</source>
        <translation>
            <numerusform>%1 suggests %n label.</numerusform>
            <numerusform>%1 suggests %n labels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be predicted: %1</source>
        <translation>
            <numerusform>%n image could not be predicted: %1</numerusform>
            <numerusform>%n images could not be predicted: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ObjectsPanel</name>
    <message numerus="yes">
        <source>%n shape(s) set aside</source>
        <translation>
            <numerusform>%n shape set aside</numerusform>
            <numerusform>%n shapes set aside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::PrelabelPopup</name>
    <message numerus="yes">
        <source>Pre-label %n image(s)</source>
        <translation>
            <numerusform>Pre-label %n image</numerusform>
            <numerusform>Pre-label %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SchemaEditor</name>
    <message numerus="yes">
        <source>%n shape(s) were changed since and stay as they are.</source>
        <translation>
            <numerusform>%n shape was changed since and stays as it is.</numerusform>
            <numerusform>%n shapes were changed since and stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s) left out: their images aren&apos;t here.</source>
        <translation>
            <numerusform>%n example left out: its image isn&apos;t here.</numerusform>
            <numerusform>%n examples left out: their images aren&apos;t here.</numerusform>
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
    <name>lathe::widgets::canvas::ShapePopup</name>
    <message numerus="yes">
        <source>%n shape(s) change</source>
        <translation>
            <numerusform>%n shape changes</numerusform>
            <numerusform>%n shapes change</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SkeletonView</name>
    <message numerus="yes">
        <source>%n joint(s)</source>
        <translation>
            <numerusform>%n joint</numerusform>
            <numerusform>%n joints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edge(s)</source>
        <translation>
            <numerusform>%n edge</numerusform>
            <numerusform>%n edges</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mirrored pair(s)</source>
        <translation>
            <numerusform>%n mirrored pair</numerusform>
            <numerusform>%n mirrored pairs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SuggestionBar</name>
    <message numerus="yes">
        <source>%n suggestion(s)</source>
        <translation>
            <numerusform>%n suggestion</numerusform>
            <numerusform>%n suggestions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::charts::HistogramChart</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::common::Counts</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln annotation(s)</source>
        <translation>
            <numerusform>%Ln annotation</numerusform>
            <numerusform>%Ln annotations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s)</source>
        <translation>
            <numerusform>%Ln shape</numerusform>
            <numerusform>%Ln shapes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s)</source>
        <translation>
            <numerusform>%Ln object</numerusform>
            <numerusform>%Ln objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln class(es)</source>
        <translation>
            <numerusform>%Ln class</numerusform>
            <numerusform>%Ln classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::CalibrationView</name>
    <message numerus="yes">
        <source>%1 to %2: confidence %3, right %4, %Ln sample(s)</source>
        <translation>
            <numerusform>%1 to %2: confidence %3, right %4, %Ln sample</numerusform>
            <numerusform>%1 to %2: confidence %3, right %4, %Ln samples</numerusform>
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
        <source>same %Ln image(s)</source>
        <translation>
            <numerusform>same %Ln image</numerusform>
            <numerusform>same %Ln images</numerusform>
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
    <name>lathe::widgets::start::ContinueCard</name>
    <message numerus="yes">
        <source>%Ln image(s) left</source>
        <translation>
            <numerusform>%Ln image left</numerusform>
            <numerusform>%Ln images left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::ImportSheet</name>
    <message numerus="yes">
        <source>%n thing(s) to know before</source>
        <translation>
            <numerusform>%n thing to know before</numerusform>
            <numerusform>%n things to know before</numerusform>
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
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln image(s)</source>
        <translation>
            <numerusform>%1, %Ln image</numerusform>
            <numerusform>%1, %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Freeze now, %Ln image(s)</source>
        <translation>
            <numerusform>Freeze now, %Ln image</numerusform>
            <numerusform>Freeze now, %Ln images</numerusform>
        </translation>
    </message>
</context>
</TS>
