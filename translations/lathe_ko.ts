<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>AugmentTags</name>
    <message>
        <source>flip</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Left and right, with this probability</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>shift</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By up to so many pixels</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>crop</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A window of the padded picture; padding in pixels</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>Metric</name>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Macro F1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Calibration error</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Images/s</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>Modes</name>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>라벨링</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>해석</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>프로파일</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>서빙</translation>
    </message>
</context>
<context>
    <name>RunLog</name>
    <message>
        <source>epoch %1 in %2 s</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 on %2, %3 parameters, %4 steps an epoch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>step %1 ms: waits %2, forward %3, backward %4, optimiser %5</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>checkpoint %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>epoch %1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>That can't be meant</source>
        <translation>잘못된 요청입니다</translation>
    </message>
    <message>
        <source>The data is not right</source>
        <translation>데이터가 올바르지 않습니다</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>찾을 수 없습니다</translation>
    </message>
    <message>
        <source>Already there</source>
        <translation>이미 있습니다</translation>
    </message>
    <message>
        <source>Not supported</source>
        <translation>지원하지 않습니다</translation>
    </message>
    <message>
        <source>Reading or writing failed</source>
        <translation>읽거나 쓰지 못했습니다</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>디스크가 가득 찼습니다</translation>
    </message>
    <message>
        <source>The folder can't be written</source>
        <translation>폴더에 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>Another program holds it</source>
        <translation>다른 프로그램이 사용 중입니다</translation>
    </message>
    <message>
        <source>Made by a newer Lathe</source>
        <translation>더 새로운 Lathe에서 만들었습니다</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>손상되었습니다</translation>
    </message>
    <message>
        <source>The network did not answer</source>
        <translation>네트워크가 응답하지 않습니다</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>엔진이 실행 중이 아닙니다</translation>
    </message>
    <message>
        <source>The engine reported an error</source>
        <translation>엔진에서 오류가 발생했습니다</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>거부되었습니다</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>취소되었습니다</translation>
    </message>
    <message>
        <source>Something unexpected happened</source>
        <translation>예기치 않은 문제가 발생했습니다</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1분</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1시간 %2분</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1시간</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n일</numerusform></translation>
    </message>
    <message>
        <source>just now</source>
        <translation>방금</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1분 전</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1시간 전</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n일 전</numerusform></translation>
    </message>
</context>
<context>
    <name>lathe::shell::AbsentMode</name>
    <message>
        <source>Go to Start</source>
        <translation>시작으로 가기</translation>
    </message>
    <message>
        <source>%1 is not in this build</source>
        <translation>이 빌드에는 %1 기능이 없습니다</translation>
    </message>
    <message>
        <source>This program was built without this part. What it does can be done with the verbs of lathe.</source>
        <translation>이 부분을 빼고 빌드한 프로그램입니다. 같은 일을 lathe 명령으로 할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::shell::CheatSheet</name>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>모든 단축키</translation>
    </message>
</context>
<context>
    <name>lathe::shell::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>명령 팔레트</translation>
    </message>
    <message>
        <source>Search or type a command</source>
        <translation>검색하거나 명령 입력</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>찾은 명령</translation>
    </message>
</context>
<context>
    <name>lathe::shell::ContextBar</name>
    <message>
        <source>Context bar</source>
        <translation>상황 표시줄</translation>
    </message>
    <message>
        <source>Search or type a command</source>
        <translation>검색하거나 명령 입력</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>작업 공간</translation>
    </message>
    <message>
        <source>No workspace</source>
        <translation>작업 공간 없음</translation>
    </message>
    <message>
        <source>Workspace %1</source>
        <translation>작업 공간 %1</translation>
    </message>
</context>
<context>
    <name>lathe::shell::MainWindow</name>
    <message>
        <source>Close the message</source>
        <translation>메시지 닫기</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>About Lathe</source>
        <translation>Lathe 정보</translation>
    </message>
    <message>
        <source>Lathe %1
The whole model loop on the machine under the desk.
GPL-3.0-or-later</source>
        <translation>Lathe %1
책상 아래 컴퓨터에서 돌리는 모델 개발의 모든 과정.
GPL-3.0-or-later</translation>
    </message>
    <message>
        <source>%1 – Lathe</source>
        <translation>%1 – Lathe</translation>
    </message>
    <message>
        <source>New workspace…</source>
        <translation>새 작업 공간…</translation>
    </message>
    <message>
        <source>Open workspace…</source>
        <translation>작업 공간 열기…</translation>
    </message>
    <message>
        <source>Import folder…</source>
        <translation>폴더 가져오기…</translation>
    </message>
    <message>
        <source>Close workspace</source>
        <translation>작업 공간 닫기</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>Search or type a command</source>
        <translation>검색하거나 명령 입력</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Switch dark and light</source>
        <translation>어두운 테마와 밝은 테마 전환</translation>
    </message>
    <message>
        <source>Menu bar</source>
        <translation>메뉴 막대</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Jobs popup</source>
        <translation>작업 팝업</translation>
    </message>
    <message>
        <source>Work area</source>
        <translation>작업 영역</translation>
    </message>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>코어 %n개</numerusform></translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>작업 공간</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>창</translation>
    </message>
    <message>
        <source>workspace</source>
        <translation>작업 공간</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>새 작업 공간</translation>
    </message>
    <message>
        <source>Workspaces (*.lathe)</source>
        <translation>작업 공간 (*.lathe)</translation>
    </message>
    <message>
        <source>Open workspace</source>
        <translation>작업 공간 열기</translation>
    </message>
    <message>
        <source>Import a folder of images</source>
        <translation>이미지 폴더 가져오기</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>run</source>
        <translation>학습 실행</translation>
    </message>
    <message>
        <source>Find %1</source>
        <translation>%1 찾기</translation>
    </message>
    <message numerus="yes">
        <source>%n images added</source>
        <translation>
            <numerusform>이미지 %n개 추가됨</numerusform></translation>
    </message>
    <message>
        <source>No new images in %1</source>
        <translation>%1에 새 이미지가 없습니다</translation>
    </message>
    <message numerus="yes">
        <source>, %n annotations</source>
        <translation>
            <numerusform>, 주석 %n개</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>, %n known already</source>
        <translation>
            <numerusform>, 이미 있는 것 %n개</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>, %n files are missing</source>
        <translation>
            <numerusform>, 없는 파일 %n개</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>, %n refused</source>
        <translation>
            <numerusform>, 거부 %n개</numerusform></translation>
    </message>
    <message>
        <source>Show problems</source>
        <translation>문제 보기</translation>
    </message>
    <message>
        <source>Ask the engine</source>
        <translation>엔진에 묻기</translation>
    </message>
</context>
<context>
    <name>lathe::shell::Rail</name>
    <message>
        <source>Modes</source>
        <translation>모드</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
    <message>
        <source>Menu   Alt</source>
        <translation>메뉴   Alt</translation>
    </message>
    <message>
        <source>User %1</source>
        <translation>사용자 %1</translation>
    </message>
    <message>
        <source>You act as %1</source>
        <translation>%1(으)로 작업합니다</translation>
    </message>
</context>
<context>
    <name>lathe::shell::Session</name>
    <message>
        <source>Open %1</source>
        <translation>%1 열기</translation>
    </message>
    <message>
        <source>Make %1</source>
        <translation>%1 만들기</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 가져오기</translation>
    </message>
    <message>
        <source>Sample set %1</source>
        <translation>예제 세트 %1</translation>
    </message>
    <message>
        <source>Cover of %1</source>
        <translation>%1 표지</translation>
    </message>
</context>
<context>
    <name>lathe::shell::SettingsPopup</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>밀도</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>System language</source>
        <translation>시스템 언어</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>여유롭게</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>촘촘하게</translation>
    </message>
</context>
<context>
    <name>lathe::shell::StatusBar</name>
    <message>
        <source>Status bar</source>
        <translation>상태 표시줄</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Progress of the jobs</source>
        <translation>작업 진행</translation>
    </message>
    <message>
        <source>All saved</source>
        <translation>모두 저장됨</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>저장 중…</translation>
    </message>
    <message>
        <source>Engine starts when needed</source>
        <translation>엔진은 필요할 때 시작</translation>
    </message>
    <message>
        <source>Engine starting</source>
        <translation>엔진 시작 중</translation>
    </message>
    <message>
        <source>Engine ready</source>
        <translation>엔진 준비됨</translation>
    </message>
    <message>
        <source>Engine working</source>
        <translation>엔진 작업 중</translation>
    </message>
    <message>
        <source>Engine ended</source>
        <translation>엔진 종료됨</translation>
    </message>
    <message numerus="yes">
        <source>%n jobs</source>
        <translation>
            <numerusform>작업 %n개</numerusform></translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::BrowseMode</name>
    <message>
        <source>Browse</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All images</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of %2 images in %3 ms</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No images yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drop a folder on the window, or import one.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing matches</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Loosen the search, or untick a filter.</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>Set the split of %n image(s)</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Freeze snapshot</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Snapshot %1: %2 images</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export as COCO into a new folder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 images and %2 annotations are in %3.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open in Label</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select all</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select none</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search images</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import folder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Largest first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Split: train</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Split: val</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Split: test</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No split</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sorted by</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Overlay</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Overlay opacity</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>class:WBC split:test count(RBC)&gt;20, or words of file names</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>import order</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>name</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>date added</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>width</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>height</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>brightness</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>objects</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::browser::FacetPanel</name>
    <message>
        <source>Filters</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mean luma of the images, 0 to 255</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Brightness</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::browser::FacetRow</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::Histogram</name>
    <message>
        <source>Brightness</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::browser::ImageGrid</name>
    <message>
        <source>Images</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Image %1</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n image(s), %1 selected</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::ImagePages</name>
    <message>
        <source>Read images</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::browser::Inspector</name>
    <message>
        <source>%1 × %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no split</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>split %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>state %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>brightness %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The file is missing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The file is missing; import it again with its images.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Decode the preview</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>No image chosen</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Objects</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Objects by class</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::browser::Preview</name>
    <message>
        <source>Preview</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ClassModel</name>
    <message>
        <source>%1 in this image, %2 in the set</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ClassesPanel</name>
    <message>
        <source>Classes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add class</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Class list</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name of the class, Enter adds it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name of the new class</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::Document</name>
    <message>
        <source>Pack shapes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read labels</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::FilmStrip</name>
    <message>
        <source>%1 done</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 per image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Film strip</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Images of the set</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Done images</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ImageSet</name>
    <message>
        <source>Read images</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::LabelMode</name>
    <message>
        <source>Undo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reject</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Done and next</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Previous image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fit the image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Actual size</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete shapes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Duplicate shapes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy shapes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Paste shapes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select all shapes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lock or unlock shapes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hide or show shapes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show all hidden shapes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add class</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import images</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open a workspace</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Class %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Whole image is %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read the set</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The picture can't be shown: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read ahead</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>All %n image(s) of this set are done.</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Show in Browse</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Set state</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No workspace is open</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open or make one to label its images.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No image matches</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing matches “%1”.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No images yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drop a folder on the window, or import one.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All images</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n edit(s) in the journal</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show what is saved</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Canvas</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Label</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no class to draw with.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ObjectModel</name>
    <message>
        <source>whole image</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ObjectsPanel</name>
    <message>
        <source>Crowd</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Occluded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Truncated</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Difficult</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Objects</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Object list</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::OptionsBar</name>
    <message>
        <source>%1 %</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zoom %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tool options</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Class of new shapes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Keep inside image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Overlay</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Overlay opacity</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Actual size</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SelectionPanel</name>
    <message>
        <source>Selection</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Click a shape to see and change its numbers.</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n shape(s) selected. A digit gives them a class.</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Read history</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>imported</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>x</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>y</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Occluded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Truncated</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Difficult</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::Tool</name>
    <message>
        <source>Select</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hand</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Box</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Polygon</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ToolStrip</name>
    <message>
        <source>Tools</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::View</name>
    <message>
        <source>class %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no image</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n shape(s)</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>zoom %1 %</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::charts::BarRows</name>
    <message>
        <source>%1: %2, compared run %3</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::charts::ConfusionMatrix</name>
    <message>
        <source>difference of two runs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of %2 right</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 taken for %2: %3</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::charts::CurveChart</name>
    <message>
        <source>%1 %2 at %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>zoomed to %1 to %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no values yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>step %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>epoch %1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::charts::MachinePanel</name>
    <message>
        <source>Machine</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>2 Hz</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>CPU</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Input wait</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::common::FormRows</name>
    <message>
        <source>Differs from the run it was copied from</source>
        <translation>복사한 학습 실행과 다름</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::common::ProblemsList</name>
    <message>
        <source>Save the problems</source>
        <translation>문제 저장</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Save CSV</source>
        <translation>CSV 저장</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>문제</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::explain::ExplainMode</name>
    <message>
        <source>Explain</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read the runs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read the run's answers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of %2 wrong</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the predicted class</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Explain %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 with %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>labelled %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Method %1, class %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Made in %1 ms</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 for %2, score %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>map in %1 ms</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What is shown</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>x %1, y %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Prediction</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open in Label</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Previous image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Picture, map or blend</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Train a model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Test images, wrong first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>of</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Opacity</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Opacity of the map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Test images</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Blend</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Grad-CAM</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>clipped at the 99.7th percentile, contours at 0.35 and 0.7</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No finished run yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Train a model; then see here what its answers rest on.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::explain::MapScale</name>
    <message>
        <source>Scale of the map, 0 to 1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::explain::MapView</name>
    <message>
        <source>Map over the picture</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 at %2, %3</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::explain::OutcomeModel</name>
    <message>
        <source>%1, is %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: %2, confidence %3</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::jobs::JobsPanel</name>
    <message>
        <source>Jobs</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Clear ended</source>
        <translation>끝난 것 지우기</translation>
    </message>
    <message>
        <source>Nothing is running. Everything that takes longer than a moment shows up here, with a way to cancel it.</source>
        <translation>실행 중인 작업이 없습니다. 시간이 걸리는 일은 모두 여기에 나타나고 취소할 수 있습니다.</translation>
    </message>
    <message>
        <source>List of jobs</source>
        <translation>작업 목록</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1개</translation>
    </message>
    <message>
        <source>Progress of %1</source>
        <translation>%1 진행</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>%1 취소</translation>
    </message>
    <message>
        <source>done in %1</source>
        <translation>%1 만에 끝남</translation>
    </message>
    <message>
        <source>cancelled; what was finished is kept</source>
        <translation>취소됨. 끝난 부분은 남아 있습니다</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::review::ReviewMode</name>
    <message>
        <source>Review</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Audit log %n entries</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Read the models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read the model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>packaged, not yet submitted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>submitted by %1, waits for a decision</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>approved by %1 on %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>rejected by %1: %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 signs this digest. Nothing else can be pushed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>snapshot %1  %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>run %1  %2</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>model %1, %n epoch(s)</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>%1, rate %2, batch %3, seed %4</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>package, %n file(s), %1 MB</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Package is whole</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Test accuracy is known</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Every class is found</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Submitted by someone else</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Signature holds</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of %2 passed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Submit it first; then someone else decides.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>You submitted this model; someone else must decide.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A note is needed for the audit log.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No finished run yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Package %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Submit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Approve and sign</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reject</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Recall by class</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Evaluation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Submit for review</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Package a run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model card</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Train a model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Where it comes from</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Truth against prediction</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Wrong answers, most confident first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Gates</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Audit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sign</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Figure</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Test images</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Audit entries</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Figures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Wrong answers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Note for the audit log</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Note, goes into the audit log</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No models yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Package a finished run, then submit it for review.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::review::SampleStrip</name>
    <message>
        <source>%1, is %2</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::serve::DropPlace</name>
    <message>
        <source>Picture to try</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::serve::ServeMode</name>
    <message>
        <source>Serve</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Targets</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read the targets</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>nothing live</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 is live on %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing is live on %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 pushed %2 in %3 s: %4</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Golden inputs: %n case(s), largest difference %1, %2</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>the same answers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>other answers: the version before came back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose an approved model and push it. The golden inputs are sent to the target and compared before it counts as live.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No model is approved yet: see Review.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A target needs a name and an address.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add target</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Test %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Push %1 to %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Roll back %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Push</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Roll back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Test target</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>New target</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pushes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Last push</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Approved model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No serving target yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A target is a folder, a Triton repository or a server that speaks the Open Inference Protocol.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::serve::Stages</name>
    <message>
        <source>Stages of the push</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Connected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Approved</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Verified</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Uploaded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Loaded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Parity</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rolled back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::serve::TryPanel</name>
    <message>
        <source>Answer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing is live on this target yet: push an approved model first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Try %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>answered by the server</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>computed here from the pushed package</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>answer %1 ms, %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Try it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drop a picture, or click to open one</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 v%2 on %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing is live on this target yet.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::start::ActivityPanel</name>
    <message>
        <source>submitted %1</source>
        <translation>%1 제출</translation>
    </message>
    <message>
        <source>approved %1</source>
        <translation>%1 승인</translation>
    </message>
    <message>
        <source>rejected %1</source>
        <translation>%1 반려</translation>
    </message>
    <message>
        <source>packaged %1</source>
        <translation>%1 패키지 생성</translation>
    </message>
    <message>
        <source>pushed %1 live</source>
        <translation>%1 배포</translation>
    </message>
    <message>
        <source>rolled back %1</source>
        <translation>%1 되돌림</translation>
    </message>
    <message>
        <source>added the target %1</source>
        <translation>대상 %1 추가</translation>
    </message>
    <message>
        <source>trained %1</source>
        <translation>%1 학습 완료</translation>
    </message>
    <message>
        <source>started %1</source>
        <translation>%1 학습 시작</translation>
    </message>
    <message>
        <source>stopped %1</source>
        <translation>%1 중지</translation>
    </message>
    <message>
        <source>saw %1 fail</source>
        <translation>%1 실패</translation>
    </message>
    <message>
        <source>froze snapshot %1</source>
        <translation>스냅샷 %1 고정</translation>
    </message>
    <message>
        <source>Lately</source>
        <translation>최근 활동</translation>
    </message>
    <message>
        <source>No snapshots, runs or approvals yet</source>
        <translation>아직 스냅샷, 학습 실행, 승인이 없습니다</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::ContinueCard</name>
    <message>
        <source>Label, %1</source>
        <translation>라벨링, %1</translation>
    </message>
    <message>
        <source>%1 images left</source>
        <translation>이미지 %1개 남음</translation>
    </message>
    <message>
        <source>All images have labels</source>
        <translation>모든 이미지에 라벨이 있습니다</translation>
    </message>
    <message>
        <source>Labelled images</source>
        <translation>라벨링한 이미지</translation>
    </message>
    <message>
        <source>%1 of %2 have labels,
next is %3</source>
        <translation>%2개 중 %1개에 라벨이 있고
다음은 %3</translation>
    </message>
    <message>
        <source>%1 images, %2 annotations</source>
        <translation>이미지 %1개, 주석 %2개</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::MachinePanel</name>
    <message>
        <source>This machine</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>Ask the engine</source>
        <translation>엔진에 묻기</translation>
    </message>
    <message>
        <source>Start the engine and ask what it can do</source>
        <translation>엔진을 시작해 무엇을 할 수 있는지 확인</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>엔진</translation>
    </message>
    <message>
        <source>%1, torch %2</source>
        <translation>%1, torch %2</translation>
    </message>
    <message>
        <source>starts when it is needed</source>
        <translation>필요할 때 시작합니다</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>프로세서</translation>
    </message>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>코어 %n개</numerusform></translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>디스크</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>%1 남음</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::ModelCard</name>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>아직 모델이 없습니다</translation>
    </message>
    <message>
        <source>A finished run can be submitted</source>
        <translation>끝난 학습 실행을 제출할 수 있습니다</translation>
    </message>
    <message>
        <source>Submit a finished run to get it approved</source>
        <translation>끝난 학습 실행을 제출해 승인받으세요</translation>
    </message>
    <message>
        <source>submitted by %1, waits for a decision</source>
        <translation>%1 제출, 결정 대기 중</translation>
    </message>
    <message>
        <source>approved by %1</source>
        <translation>%1 승인</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>반려됨</translation>
    </message>
    <message>
        <source>packaged, not submitted</source>
        <translation>패키지 생성됨, 미제출</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::NeedsPanel</name>
    <message>
        <source>Needs you</source>
        <translation>할 일</translation>
    </message>
    <message>
        <source>Review %1 %2</source>
        <translation>%1 %2 검토</translation>
    </message>
    <message>
        <source>submitted by %1</source>
        <translation>%1 제출</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>The engine ended; the run can go on from its last checkpoint</source>
        <translation>엔진이 종료되었습니다. 마지막 체크포인트에서 이어 갈 수 있습니다</translation>
    </message>
    <message>
        <source>%1 did not finish</source>
        <translation>%1이(가) 끝나지 않았습니다</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>기다리는 일이 없습니다</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::RunCard</name>
    <message>
        <source>queued</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>its engine ended</source>
        <translation>엔진 종료됨</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>학습 진행</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>아직 학습 실행이 없습니다</translation>
    </message>
    <message>
        <source>%1 labelled images to train on</source>
        <translation>학습에 쓸 라벨 이미지 %1개</translation>
    </message>
    <message>
        <source>Label some images first</source>
        <translation>먼저 이미지를 라벨링하세요</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::StartMode</name>
    <message>
        <source>Look through %1</source>
        <translation>%1 살펴보기</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message numerus="yes">
        <source>%n classes</source>
        <translation>
            <numerusform>클래스 %n개</numerusform></translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>%1 done</source>
        <translation>%1개 완료</translation>
    </message>
    <message>
        <source>all images</source>
        <translation>모든 이미지</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>스냅샷</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>학습 실행</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message numerus="yes">
        <source>%n runs</source>
        <translation>
            <numerusform>학습 실행 %n개</numerusform></translation>
    </message>
    <message>
        <source>to compare</source>
        <translation>비교할 수 있음</translation>
    </message>
    <message>
        <source>needs two runs</source>
        <translation>학습 실행 두 개 필요</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message numerus="yes">
        <source>%n wait</source>
        <translation>
            <numerusform>%n개 대기</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n approved</source>
        <translation>
            <numerusform>%n개 승인</numerusform></translation>
    </message>
    <message>
        <source>nothing submitted</source>
        <translation>제출 없음</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>서빙</translation>
    </message>
    <message>
        <source>live</source>
        <translation>서비스 중</translation>
    </message>
    <message numerus="yes">
        <source>on %n targets</source>
        <translation>
            <numerusform>대상 %n곳</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n targets</source>
        <translation>
            <numerusform>대상 %n곳</numerusform></translation>
    </message>
    <message>
        <source>Drop a folder of images here</source>
        <translation>이미지 폴더를 여기에 놓으세요</translation>
    </message>
    <message>
        <source>class folders, VOC and COCO are recognised</source>
        <translation>클래스 폴더, VOC, COCO를 알아봅니다</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>이어서 하기</translation>
    </message>
    <message>
        <source>Open the run</source>
        <translation>학습 실행 열기</translation>
    </message>
    <message>
        <source>Open the review</source>
        <translation>검토 열기</translation>
    </message>
    <message>
        <source>Import folder</source>
        <translation>폴더 가져오기</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>새 작업 공간</translation>
    </message>
    <message>
        <source>Open workspace</source>
        <translation>작업 공간 열기</translation>
    </message>
    <message>
        <source>Sample: digits</source>
        <translation>예제: digits</translation>
    </message>
    <message>
        <source>Sample: bccd</source>
        <translation>예제: bccd</translation>
    </message>
    <message>
        <source>The loop</source>
        <translation>전체 과정</translation>
    </message>
    <message>
        <source>each station opens its mode</source>
        <translation>각 단계를 누르면 해당 모드가 열립니다</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>작업 공간</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Find a workspace</source>
        <translation>작업 공간 찾기</translation>
    </message>
    <message>
        <source>Start page</source>
        <translation>시작 화면</translation>
    </message>
    <message>
        <source>Bring images in</source>
        <translation>이미지를 가져오세요</translation>
    </message>
    <message>
        <source>Drop a folder here: class folders, Pascal VOC and COCO are recognised. Or take a sample set with real images.</source>
        <translation>폴더를 여기에 놓으세요. 클래스 폴더, Pascal VOC, COCO를 알아봅니다. 실제 이미지가 든 예제 세트를 쓸 수도 있습니다.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::WorkspaceCard</name>
    <message>
        <source>Workspace %1</source>
        <translation>작업 공간 %1</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>없음</translation>
    </message>
    <message numerus="yes">
        <source>%n classes</source>
        <translation>
            <numerusform>클래스 %n개</numerusform></translation>
    </message>
    <message>
        <source>%1 images</source>
        <translation>이미지 %1개</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::AugmentTags</name>
    <message>
        <source>Click to change; Delete removes it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Change…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>add</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add an augmentation</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::train::NextRun</name>
    <message>
        <source>Settings of the next run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Snapshot</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Schedule</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Batch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Optimiser</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>cosine</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Warm-up</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>epochs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Label smooth</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy the selected run's settings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Back to the presets</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Augmentation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>preset</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>automatic</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>by the pictures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Classification</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Small residual net</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Processor</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>Freeze now, %n image(s)</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n image(s)</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>The rate must be a number such as 0.001 or 1e-3; empty takes the preset.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The rate must be above 0 and at most 100; empty takes the preset.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pictures must be at least 8 pixels wide.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There are no images to train on: import some first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Batch must be 1 to %1, the number of images.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>fp16 needs a card: choose fp32 or bf16 for the processor.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Presets; all may stay as they are</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>no changes yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy of %1, %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>about %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>known after one epoch</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::train::RunCentre</name>
    <message>
        <source>Loss and accuracy</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Classes and rates</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rates</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>log</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>linear</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1, smoothed %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Images per second</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>F1 by class</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Known after the first epoch with validation images.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Epoch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Images/s</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Waits for data</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Progress of the run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scale, axis, smoothing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Logarithmic loss</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By epoch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By step</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By time</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Smoothed %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not smoothed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>val, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>train</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>val</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>rate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>images/s</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1, val accuracy</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>not known yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>best %1 at epoch %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no validation yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>+%1 over %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>−%1 under %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>mark: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>bars from %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>best %1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::train::RunLog</name>
    <message>
        <source>Log of the run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Checkpoints</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Search the log</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Find in the log</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Log lines</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing matches</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A checkpoint is written after each epoch.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing was said yet.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::train::RunsModel</name>
    <message>
        <source>failed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1, snapshot %2</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>lathe::widgets::train::TrainMode</name>
    <message>
        <source>Runs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run folder runs/%1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>epoch %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Start a run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tell the engine</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Resume the run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read the settings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete run %1?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Its folder with settings, curves and checkpoints goes for good. Packages made from it stay.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ask the engine for devices</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read the runs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read curves</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read the run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No workspace is open</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open one, or take a sample set, to train on it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No images to train on</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import a folder of images and labels, or take a sample set.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No run yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The presets at the left are a good start: the images are frozen, then it trains.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The engine ended in epoch %1. Nothing is lost.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The engine ended in epoch %1 (%2). Nothing is lost.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The run failed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The run failed: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stopped in epoch %1. It can go on from there.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Copy run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Start next run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Compare the ticked runs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete run…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import images</source>
        <translation type="unfinished" />
    </message>
</context>
</TS>
