<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>Case</name>
    <message>
        <source>%1 of %2, %3 false</source>
        <translation>%2개 중 %1개, 거짓 %3개</translation>
    </message>
    <message>
        <source>IoU %1</source>
        <translation>IoU %1</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>By the size of the pictures</source>
        <translation>사진 크기에 따라</translation>
    </message>
    <message>
        <source>Small residual net</source>
        <translation>작은 잔차 네트워크</translation>
    </message>
    <message>
        <source>Fast, for pictures up to 64 pixels</source>
        <translation>빠름, 64픽셀 이하 사진용</translation>
    </message>
    <message>
        <source>ResNet-18</source>
        <translation>ResNet-18</translation>
    </message>
    <message>
        <source>The usual first choice</source>
        <translation>보통 처음 쓰는 것</translation>
    </message>
    <message>
        <source>ResNet-34</source>
        <translation>ResNet-34</translation>
    </message>
    <message>
        <source>Twice as deep</source>
        <translation>두 배 깊음</translation>
    </message>
    <message>
        <source>ResNet-50</source>
        <translation>ResNet-50</translation>
    </message>
    <message>
        <source>Wide; wants a card</source>
        <translation>넓음, 그래픽 카드 권장</translation>
    </message>
    <message>
        <source>MobileNetV3-Large</source>
        <translation>MobileNetV3-Large</translation>
    </message>
    <message>
        <source>Few multiplications, for small machines</source>
        <translation>곱셈이 적어 작은 기기에 알맞음</translation>
    </message>
    <message>
        <source>ConvNeXt-Tiny</source>
        <translation>ConvNeXt-Tiny</translation>
    </message>
    <message>
        <source>Accurate from given weights; wants a card</source>
        <translation>주어진 가중치에서 정확함, 그래픽 카드 권장</translation>
    </message>
    <message>
        <source>ViT-Tiny</source>
        <translation>ViT-Tiny</translation>
    </message>
    <message>
        <source>Transformer; sides must divide by 16</source>
        <translation>트랜스포머, 변이 16의 배수여야 함</translation>
    </message>
    <message>
        <source>ViT-Small</source>
        <translation>ViT-Small</translation>
    </message>
    <message>
        <source>Transformer; sides must divide by 16, wants a card</source>
        <translation>트랜스포머, 변이 16의 배수여야 함, 그래픽 카드 권장</translation>
    </message>
    <message>
        <source>What suits the model</source>
        <translation>모델에 맞는 것</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Forgiving of the learning rate</source>
        <translation>학습률에 너그러움</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>With Nesterov&apos;s momentum</source>
        <translation>네스테로프 모멘텀 포함</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>Muon</source>
        <translation>Muon</translation>
    </message>
    <message>
        <source>Orthogonal steps for matrices, AdamW for the rest</source>
        <translation>행렬은 직교 갱신, 나머지는 AdamW</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>코사인</translation>
    </message>
    <message>
        <source>Half a cosine down to the floor</source>
        <translation>코사인 반 주기로 바닥까지</translation>
    </message>
    <message>
        <source>Floor</source>
        <translation>바닥</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>일정</translation>
    </message>
    <message>
        <source>The same rate throughout</source>
        <translation>내내 같은 학습률</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>원 사이클</translation>
    </message>
    <message>
        <source>Up from a 25th of the rate, then down to nothing</source>
        <translation>학습률의 25분의 1에서 올라갔다가 0으로</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>정점</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>계단</translation>
    </message>
    <message>
        <source>Times the factor every so many epochs</source>
        <translation>정한 에포크마다 계수를 곱함</translation>
    </message>
    <message>
        <source>Every, epochs</source>
        <translation>간격, 에포크</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>계수</translation>
    </message>
    <message>
        <source>Polynomial</source>
        <translation>다항식</translation>
    </message>
    <message>
        <source>What is left of the run, to a power</source>
        <translation>남은 구간의 거듭제곱</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>지수</translation>
    </message>
    <message>
        <source>Plateau</source>
        <translation>정체 감지</translation>
    </message>
    <message>
        <source>Times the factor when validation stops getting better</source>
        <translation>검증이 나아지지 않으면 계수를 곱함</translation>
    </message>
    <message>
        <source>Patience, epochs</source>
        <translation>기다림, 에포크</translation>
    </message>
    <message>
        <source>Cross entropy</source>
        <translation>교차 엔트로피</translation>
    </message>
    <message>
        <source>The usual one</source>
        <translation>보통 쓰는 것</translation>
    </message>
    <message>
        <source>Focal</source>
        <translation>포컬</translation>
    </message>
    <message>
        <source>Less weight on what is right already</source>
        <translation>이미 맞힌 것은 덜 중시</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>감마</translation>
    </message>
    <message>
        <source>Binary, a class at a time</source>
        <translation>클래스별 이진</translation>
    </message>
    <message>
        <source>Each class against all others</source>
        <translation>클래스마다 나머지와 견줌</translation>
    </message>
    <message>
        <source>flip</source>
        <translation>뒤집기</translation>
    </message>
    <message>
        <source>Left and right, with this probability</source>
        <translation>이 확률로 좌우를 뒤집습니다</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>flip vertically</source>
        <translation>상하 반전</translation>
    </message>
    <message>
        <source>Top and bottom, with this probability</source>
        <translation>이 확률로 위아래를 뒤집음</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>By up to so many pixels</source>
        <translation>최대 이만큼의 픽셀만 이동합니다</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>픽셀</translation>
    </message>
    <message>
        <source>crop</source>
        <translation>자르기</translation>
    </message>
    <message>
        <source>A window of the padded picture; padding in pixels</source>
        <translation>여백을 더한 이미지에서 잘라낸 창. 여백은 픽셀 단위</translation>
    </message>
    <message>
        <source>Padding, pixels</source>
        <translation>여백, 픽셀</translation>
    </message>
    <message>
        <source>zoom crop</source>
        <translation>확대 자르기</translation>
    </message>
    <message>
        <source>A part of the picture, from this share of its area on, made as large as the whole</source>
        <translation>넓이의 이 비율 이상인 부분을 전체 크기로 키움</translation>
    </message>
    <message>
        <source>Least share</source>
        <translation>최소 비율</translation>
    </message>
    <message>
        <source>turn and scale</source>
        <translation>회전과 확대</translation>
    </message>
    <message>
        <source>By up to so much, about the middle</source>
        <translation>가운데를 축으로 이만큼까지</translation>
    </message>
    <message>
        <source>Turn, degrees</source>
        <translation>회전, 도</translation>
    </message>
    <message>
        <source>Scale, share</source>
        <translation>확대, 비율</translation>
    </message>
    <message>
        <source>Shear, degrees</source>
        <translation>기울임, 도</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>색</translation>
    </message>
    <message>
        <source>Light and colour by up to these shares</source>
        <translation>밝기와 색을 이 비율까지 바꿈</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>대비</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>채도</translation>
    </message>
    <message>
        <source>Hue, share of the circle</source>
        <translation>색상, 색상환 비율</translation>
    </message>
    <message>
        <source>blur</source>
        <translation>흐림</translation>
    </message>
    <message>
        <source>Gaussian, up to this sigma</source>
        <translation>가우시안, 이 시그마까지</translation>
    </message>
    <message>
        <source>Sigma, pixels</source>
        <translation>시그마, 픽셀</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>잡음</translation>
    </message>
    <message>
        <source>Gaussian, up to this sigma of 255</source>
        <translation>가우시안, 255 중 이 시그마까지</translation>
    </message>
    <message>
        <source>Sigma of 255</source>
        <translation>시그마(255 기준)</translation>
    </message>
    <message>
        <source>erase</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>A rectangle filled with noise</source>
        <translation>사각형을 잡음으로 채움</translation>
    </message>
    <message>
        <source>Most of the area, share</source>
        <translation>최대 넓이, 비율</translation>
    </message>
    <message>
        <source>random ones</source>
        <translation>무작위 변형</translation>
    </message>
    <message>
        <source>So many of turn, shear, shift, light, contrast, colour, blur and posterise, at this strength</source>
        <translation>회전, 기울임, 이동, 밝기, 대비, 색, 흐림, 포스터화 중 이 개수를 이 세기로</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>세기</translation>
    </message>
    <message>
        <source>mixup</source>
        <translation>믹스업</translation>
    </message>
    <message>
        <source>Two pictures through each other, and their labels</source>
        <translation>두 사진과 라벨을 섞음</translation>
    </message>
    <message>
        <source>Alpha of the Beta distribution</source>
        <translation>베타 분포의 알파</translation>
    </message>
    <message>
        <source>cutmix</source>
        <translation>컷믹스</translation>
    </message>
    <message>
        <source>A rectangle of one picture in another, and its share of the labels</source>
        <translation>한 사진의 사각형을 다른 사진에 넣고 라벨도 그 비율로</translation>
    </message>
    <message>
        <source>Each once</source>
        <translation>한 번씩</translation>
    </message>
    <message>
        <source>In a new order each epoch</source>
        <translation>에포크마다 새 순서로</translation>
    </message>
    <message>
        <source>Classes alike</source>
        <translation>클래스 균등</translation>
    </message>
    <message>
        <source>As many of each class, rare ones repeated</source>
        <translation>클래스마다 같은 수, 드문 것은 되풀이</translation>
    </message>
    <message>
        <source>Rare ones more often</source>
        <translation>드문 것을 더 자주</translation>
    </message>
    <message>
        <source>Between the two: power 0 is each once, 1 is classes alike</source>
        <translation>둘의 중간: 지수 0은 한 번씩, 1은 클래스 균등</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>균등</translation>
    </message>
    <message>
        <source>Every picture counts the same</source>
        <translation>모든 사진을 똑같이</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>역수</translation>
    </message>
    <message>
        <source>By 1 / how many</source>
        <translation>1 / 개수로</translation>
    </message>
    <message>
        <source>Square root</source>
        <translation>제곱근</translation>
    </message>
    <message>
        <source>By 1 / the root of how many</source>
        <translation>1 / 개수의 제곱근으로</translation>
    </message>
    <message>
        <source>Effective number</source>
        <translation>유효 개수</translation>
    </message>
    <message>
        <source>As Cui et al. 2019</source>
        <translation>Cui 등 2019 방식</translation>
    </message>
    <message>
        <source>Beta</source>
        <translation>베타</translation>
    </message>
    <message>
        <source>Median frequency</source>
        <translation>중앙 빈도</translation>
    </message>
    <message>
        <source>Median of how many / how many</source>
        <translation>개수의 중앙값 / 개수</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>분류</translation>
    </message>
    <message>
        <source>One class for the picture</source>
        <translation>그림 하나에 클래스 하나</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>객체 탐지</translation>
    </message>
    <message>
        <source>A box round every object</source>
        <translation>객체마다 박스 하나</translation>
    </message>
    <message>
        <source>Segmentation</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>A class for every pixel</source>
        <translation>픽셀마다 클래스 하나</translation>
    </message>
    <message>
        <source>FCOS, light</source>
        <translation>FCOS 경량</translation>
    </message>
    <message>
        <source>Boxes, in sizes for a processor</source>
        <translation>박스, 프로세서에 맞는 크기</translation>
    </message>
    <message>
        <source>FCOS on ResNet-18</source>
        <translation>ResNet-18 기반 FCOS</translation>
    </message>
    <message>
        <source>Boxes; wants a card</source>
        <translation>박스, GPU 권장</translation>
    </message>
    <message>
        <source>FCOS on ResNet-50</source>
        <translation>ResNet-50 기반 FCOS</translation>
    </message>
    <message>
        <source>Boxes; accurate, wants a card</source>
        <translation>박스, 정확함, GPU 권장</translation>
    </message>
    <message>
        <source>U-Net, light</source>
        <translation>U-Net 경량</translation>
    </message>
    <message>
        <source>Pixels, in sizes for a processor</source>
        <translation>픽셀, 프로세서에 맞는 크기</translation>
    </message>
    <message>
        <source>U-Net on ResNet-18</source>
        <translation>ResNet-18 기반 U-Net</translation>
    </message>
    <message>
        <source>Pixels; wants a card</source>
        <translation>픽셀, GPU 권장</translation>
    </message>
    <message>
        <source>U-Net on ResNet-34</source>
        <translation>ResNet-34 기반 U-Net</translation>
    </message>
    <message>
        <source>Pixels; accurate, wants a card</source>
        <translation>픽셀, 정확함, GPU 권장</translation>
    </message>
    <message>
        <source>The usual one of the task</source>
        <translation>작업에 흔히 쓰는 것</translation>
    </message>
    <message>
        <source>Cross entropy and Dice</source>
        <translation>교차 엔트로피와 Dice</translation>
    </message>
    <message>
        <source>Small regions count as much as large ones</source>
        <translation>작은 영역도 큰 영역만큼 셉니다</translation>
    </message>
    <message>
        <source>Dice&apos;s share</source>
        <translation>Dice 비중</translation>
    </message>
    <message>
        <source>FCOS</source>
        <translation>FCOS</translation>
    </message>
    <message>
        <source>Focal for classes, GIoU for boxes, and how central a place is</source>
        <translation>클래스는 Focal, 박스는 GIoU, 그리고 위치가 얼마나 중앙인지</translation>
    </message>
    <message>
        <source>mosaic</source>
        <translation>모자이크</translation>
    </message>
    <message>
        <source>Four pictures in one, with this probability</source>
        <translation>이 확률로 그림 네 장을 하나로</translation>
    </message>
    <message>
        <source>One folder a class: whole-image classes</source>
        <translation>클래스마다 폴더 하나: 이미지 전체 클래스</translation>
    </message>
    <message>
        <source>COCO JSON: boxes, polygons, masks, keypoints, whole-image classes</source>
        <translation>COCO JSON: 박스, 다각형, 마스크, 키포인트, 이미지 전체 클래스</translation>
    </message>
    <message>
        <source>Create ML JSON: boxes by their centre, whole-image classes</source>
        <translation>Create ML JSON: 중심으로 적은 박스, 이미지 전체 클래스</translation>
    </message>
    <message>
        <source>CSV tables: boxes, whole-image classes; Open Images, VoTT</source>
        <translation>CSV 표: 박스, 이미지 전체 클래스 (Open Images, VoTT)</translation>
    </message>
    <message>
        <source>CVAT XML: boxes, polygons, masks, skeletons and tags with attributes</source>
        <translation>CVAT XML: 박스, 다각형, 마스크, 스켈레톤, 태그와 속성</translation>
    </message>
    <message>
        <source>Datumaro JSON: all kinds of shapes, whole-image classes and captions with attributes</source>
        <translation>Datumaro JSON: 모든 도형, 이미지 전체 클래스, 캡션과 속성</translation>
    </message>
    <message>
        <source>Folder for Git and DVC, a text file an image: everything that Lathe knows</source>
        <translation>Git과 DVC용 폴더, 이미지마다 텍스트 파일 하나: Lathe의 모든 정보</translation>
    </message>
    <message>
        <source>MNIST&apos;s IDX files: small grey pictures with a class each</source>
        <translation>MNIST의 IDX 파일: 클래스가 하나씩 있는 작은 회색조 이미지</translation>
    </message>
    <message>
        <source>16-bit mask images of numbered objects, with instances.json</source>
        <translation>번호를 매긴 객체의 16비트 마스크 이미지와 instances.json</translation>
    </message>
    <message>
        <source>JSON Lines, one image a line: everything that Lathe knows</source>
        <translation>JSON Lines, 한 줄에 이미지 하나: Lathe의 모든 정보</translation>
    </message>
    <message>
        <source>Label Studio JSON: boxes, turned boxes, polygons, brushes, ellipses, points, choices</source>
        <translation>Label Studio JSON: 박스, 회전 박스, 다각형, 브러시, 타원, 점, 선택</translation>
    </message>
    <message>
        <source>LabelMe JSON, also X-AnyLabeling: boxes, turned boxes, polygons, circles, lines, points, masks, whole-image classes</source>
        <translation>LabelMe JSON(X-AnyLabeling 포함): 박스, 회전 박스, 다각형, 원, 선, 점, 마스크, 이미지 전체 클래스</translation>
    </message>
    <message>
        <source>Mask images: classes as values or colours (VOC SegmentationClass, CamVid, images/ and masks/)</source>
        <translation>마스크 이미지: 값 또는 색으로 나타낸 클래스 (VOC SegmentationClass, CamVid, images/와 masks/)</translation>
    </message>
    <message>
        <source>COCO panoptic: JSON and PNG, each segment a mask</source>
        <translation>COCO panoptic: JSON과 PNG, 세그먼트마다 마스크</translation>
    </message>
    <message>
        <source>VGG Image Annotator (JSON, project, CSV): boxes, polygons, circles, ellipses, lines, points with attributes</source>
        <translation>VGG Image Annotator(JSON, 프로젝트, CSV): 박스, 다각형, 원, 타원, 선, 점과 속성</translation>
    </message>
    <message>
        <source>Pascal VOC XML: boxes with flags and attributes</source>
        <translation>Pascal VOC XML: 박스와 플래그, 속성</translation>
    </message>
    <message>
        <source>Ultralytics YOLO: boxes, polygons, turned boxes or keypoints, as text beside data.yaml</source>
        <translation>Ultralytics YOLO: 박스, 다각형, 회전 박스 또는 키포인트, data.yaml 옆의 텍스트</translation>
    </message>
    <message>
        <source>YOLO 1.1 (darknet): boxes, as text beside the images and obj.data</source>
        <translation>YOLO 1.1(darknet): 박스, 이미지 옆의 텍스트와 obj.data</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>기본</translation>
    </message>
    <message>
        <source>A good first run: the engine chooses by the pictures</source>
        <translation>처음 실행에 알맞음: 엔진이 이미지를 보고 고릅니다</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>빠르게</translation>
    </message>
    <message>
        <source>A first answer in a fraction of the time: few epochs, smaller pictures</source>
        <translation>짧은 시간에 첫 결과: 적은 에포크, 작은 이미지</translation>
    </message>
    <message>
        <source>Accurate</source>
        <translation>정확하게</translation>
    </message>
    <message>
        <source>The best that a processor does over night: larger pictures, more epochs, more variety</source>
        <translation>프로세서가 하룻밤에 낼 수 있는 최선: 큰 이미지, 많은 에포크, 다양한 증강</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>가장 작게</translation>
    </message>
    <message>
        <source>A small and fast model for small machines</source>
        <translation>작은 기기를 위한 작고 빠른 모델</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
</context>
<context>
    <name>ChangeRun</name>
    <message>
        <source>Rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>가중치 감쇠</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>기울기 노름</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>워밍업</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Early stop</source>
        <translation>조기 종료</translation>
    </message>
    <message>
        <source>Keep a checkpoint</source>
        <translation>체크포인트 보관</translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message>
        <source>Shapes added</source>
        <translation>추가된 도형</translation>
    </message>
    <message>
        <source>Shapes removed</source>
        <translation>삭제된 도형</translation>
    </message>
    <message>
        <source>Shapes moved</source>
        <translation>옮겨진 도형</translation>
    </message>
    <message>
        <source>Class changed</source>
        <translation>클래스 변경</translation>
    </message>
    <message>
        <source>Redrawn with another class</source>
        <translation>다른 클래스로 다시 그림</translation>
    </message>
    <message>
        <source>Attributes changed</source>
        <translation>속성 변경</translation>
    </message>
</context>
<context>
    <name>CheckReport</name>
    <message>
        <source>First loss</source>
        <translation>처음 손실</translation>
    </message>
    <message>
        <source>The untrained network is as unsure as it should be.</source>
        <translation>학습 전 네트워크가 마땅한 만큼 확신이 없습니다.</translation>
    </message>
    <message>
        <source>The network starts sure of itself: look at the normalisation, the weights given, or the loss.</source>
        <translation>네트워크가 처음부터 확신합니다. 정규화, 주어진 가중치 또는 손실을 살펴보세요.</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>They reach the weights and are finite.</source>
        <translation>가중치에 닿고 유한합니다.</translation>
    </message>
    <message>
        <source>Some weights get no gradient, or one that is no number.</source>
        <translation>기울기가 없거나 수가 아닌 가중치가 있습니다.</translation>
    </message>
    <message>
        <source>Looks at its pictures</source>
        <translation>그림을 봄</translation>
    </message>
    <message>
        <source>Different pictures give different answers.</source>
        <translation>다른 그림에는 다른 답을 냅니다.</translation>
    </message>
    <message>
        <source>All pictures give the same answer: are they all alike?</source>
        <translation>모든 그림에 같은 답을 냅니다. 그림이 모두 같은가요?</translation>
    </message>
    <message>
        <source>Learns one batch by heart</source>
        <translation>배치 하나를 외움</translation>
    </message>
    <message>
        <source>One batch is known after a few steps.</source>
        <translation>몇 단계 만에 배치 하나를 외웁니다.</translation>
    </message>
    <message>
        <source>One batch isn&apos;t learnt: try a higher rate, less weight decay, or look at the labels.</source>
        <translation>배치 하나를 못 외웁니다. 학습률을 높이거나 가중치 감쇠를 줄이거나 라벨을 살펴보세요.</translation>
    </message>
    <message>
        <source>Half the first loss</source>
        <translation>처음 손실의 절반</translation>
    </message>
    <message>
        <source>Reached in time.</source>
        <translation>제때 도달합니다.</translation>
    </message>
    <message>
        <source>Not reached in the steps of the trial.</source>
        <translation>시험 단계 안에 도달하지 못합니다.</translation>
    </message>
    <message>
        <source>Learns labels that were dealt out anew</source>
        <translation>뒤섞은 라벨을 외움</translation>
    </message>
    <message>
        <source>The network has room enough for its data.</source>
        <translation>네트워크가 데이터에 충분히 큽니다.</translation>
    </message>
    <message>
        <source>The network is small for its data, or its rate too low.</source>
        <translation>네트워크가 데이터에 비해 작거나 학습률이 너무 낮습니다.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>It agrees with a sweep of rates.</source>
        <translation>학습률 훑기와 맞습니다.</translation>
    </message>
    <message>
        <source>A sweep of rates suggests another one.</source>
        <translation>학습률 훑기는 다른 값을 권합니다.</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1단계</translation>
    </message>
    <message>
        <source>norm %1</source>
        <translation>노름 %1</translation>
    </message>
    <message>
        <source>What the check of the next run said</source>
        <translation>다음 실행 점검 결과</translation>
    </message>
    <message>
        <source>The next run is fit to start</source>
        <translation>다음 실행을 시작해도 됩니다</translation>
    </message>
    <message>
        <source>Something needs a look before the start</source>
        <translation>시작하기 전에 살펴볼 것이 있습니다</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>통과</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Take the rate %1</source>
        <translation>학습률 %1 사용</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Weights to start from</source>
        <translation>시작 가중치</translation>
    </message>
    <message>
        <source>They fit the network.</source>
        <translation>네트워크에 맞습니다.</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>형상</translation>
    </message>
    <message>
        <source>A batch goes through every layer.</source>
        <translation>배치 하나가 모든 층을 통과합니다.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>A step has room enough.</source>
        <translation>한 스텝에 메모리가 충분합니다.</translation>
    </message>
    <message>
        <source>A step needs more memory than is free: a smaller batch, pictures or model.</source>
        <translation>한 스텝에 남은 메모리보다 많이 필요합니다. 배치, 이미지 또는 모델을 줄이세요.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>The largest batch that fits is %1</source>
        <translation>들어가는 가장 큰 배치는 %1입니다</translation>
    </message>
    <message>
        <source>Not even one picture fits in the memory</source>
        <translation>이미지 한 장도 메모리에 들어가지 않습니다</translation>
    </message>
    <message>
        <source>Hide the layers</source>
        <translation>층 숨기기</translation>
    </message>
    <message>
        <source>Show the %1 layers</source>
        <translation>층 %1개 보기</translation>
    </message>
    <message>
        <source>Take the quickest batch, %1</source>
        <translation>가장 빠른 배치 %1 사용</translation>
    </message>
    <message>
        <source>Find the largest batch</source>
        <translation>가장 큰 배치 찾기</translation>
    </message>
    <message>
        <source>Batches up to %1 fit</source>
        <translation>배치 %1까지 들어갑니다</translation>
    </message>
</context>
<context>
    <name>CheckTables</name>
    <message>
        <source>%1 (%2 times)</source>
        <translation>%1 (%2번)</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>활성값</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>순전파</translation>
    </message>
    <message>
        <source>Backward</source>
        <translation>역전파</translation>
    </message>
    <message>
        <source>Layers of the network</source>
        <translation>네트워크의 층</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Images/s</source>
        <translation>이미지/초</translation>
    </message>
    <message>
        <source>Batches that were tried</source>
        <translation>시도한 배치</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>메모리 부족</translation>
    </message>
</context>
<context>
    <name>CheckpointList</name>
    <message>
        <source>Best</source>
        <translation>최고</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>마지막</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>에포크 %1</translation>
    </message>
    <message>
        <source>weights alone</source>
        <translation>가중치만</translation>
    </message>
</context>
<context>
    <name>Differences</name>
    <message numerus="yes">
        <source>%Ln shape(s) added</source>
        <translation>
            <numerusform>도형 %Ln개 추가</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) removed</source>
        <translation>
            <numerusform>도형 %Ln개 삭제</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) moved</source>
        <translation>
            <numerusform>도형 %Ln개 이동</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) with another class</source>
        <translation>
            <numerusform>도형 %Ln개 클래스 변경</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) redrawn with another class</source>
        <translation>
            <numerusform>도형 %Ln개를 다른 클래스로 다시 그림</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) with other attributes</source>
        <translation>
            <numerusform>도형 %Ln개 속성 변경</numerusform>
        </translation>
    </message>
    <message>
        <source>no label</source>
        <translation>라벨 없음</translation>
    </message>
    <message>
        <source>All that differ</source>
        <translation>다른 이미지 전체</translation>
    </message>
    <message>
        <source>Images added</source>
        <translation>추가된 이미지</translation>
    </message>
    <message>
        <source>Images removed</source>
        <translation>빠진 이미지</translation>
    </message>
    <message>
        <source>In another split</source>
        <translation>분할이 바뀜</translation>
    </message>
    <message>
        <source>Image labels changed</source>
        <translation>이미지 라벨 변경</translation>
    </message>
    <message>
        <source>Images with other shapes</source>
        <translation>도형이 다른 이미지</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) added</source>
        <translation>
            <numerusform>이미지 %Ln장 추가</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) removed</source>
        <translation>
            <numerusform>이미지 %Ln장 빠짐</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) in another split</source>
        <translation>
            <numerusform>이미지 %Ln장 분할 변경</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln annotation(s) added</source>
        <translation>
            <numerusform>주석 %Ln개 추가</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln annotation(s) removed</source>
        <translation>
            <numerusform>주석 %Ln개 삭제</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln annotation(s) changed</source>
        <translation>
            <numerusform>주석 %Ln개 변경</numerusform>
        </translation>
    </message>
    <message>
        <source>Both hold the same.</source>
        <translation>두 버전의 내용이 같습니다.</translation>
    </message>
    <message>
        <source>only in %1</source>
        <translation>%1에만 있음</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>2 shapes added: car</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>DuplicateWords</name>
    <message>
        <source>%1 and %2</source>
        <comment>two splits</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>그룹 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leak(s) between splits</source>
        <translation>
            <numerusform>분할 간 누출 %Ln건</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln excluded</source>
        <translation>
            <numerusform>제외됨 %Ln장</numerusform>
        </translation>
    </message>
    <message>
        <source>resized and recompressed copies, most of them</source>
        <translation>크기를 바꾸거나 다시 압축한 사본 대부분</translation>
    </message>
    <message>
        <source>resized and recompressed copies</source>
        <translation>크기를 바꾸거나 다시 압축한 사본</translation>
    </message>
    <message>
        <source>also brighter, grey and slightly cut ones</source>
        <translation>밝기 변경, 흑백, 가장자리를 조금 자른 사본까지</translation>
    </message>
    <message>
        <source>also cut by a tenth; neighbouring frames</source>
        <translation>10분의 1을 자른 사본, 이웃한 프레임까지</translation>
    </message>
    <message>
        <source>look-alikes too: judge each group</source>
        <translation>닮은 이미지까지: 그룹마다 확인하세요</translation>
    </message>
    <message>
        <source>Group %1</source>
        <translation>그룹 %1</translation>
    </message>
    <message>
        <source>Exact copies %1</source>
        <translation>완전 중복 %1</translation>
    </message>
    <message>
        <source>Leak %1</source>
        <translation>누출 %1</translation>
    </message>
    <message numerus="yes">
        <source>keeps %Ln</source>
        <translation>
            <numerusform>유지 %Ln장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>excludes %Ln</source>
        <translation>
            <numerusform>제외 %Ln장</numerusform>
        </translation>
    </message>
    <message>
        <source>in more than one split</source>
        <translation>둘 이상의 분할에 있음</translation>
    </message>
    <message>
        <source>the first</source>
        <translation>첫 이미지</translation>
    </message>
    <message>
        <source>exact copy</source>
        <translation>완전 중복</translation>
    </message>
    <message numerus="yes">
        <source>exact copy of %1, %n bit(s)</source>
        <translation>
            <numerusform>%1번과 완전 중복, %n비트</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>near, %n bit(s) from the first</source>
        <translation>
            <numerusform>유사, 첫 이미지와 %n비트 차이</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>유지</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>그대로 둠</translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s)</source>
        <translation>
            <numerusform>라벨 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>약 %1</translation>
    </message>
</context>
<context>
    <name>Explore</name>
    <message>
        <source>Other sizes</source>
        <translation>다른 크기</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>12 objects in 3 images</comment>
        <translation>%2의 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>bar: count</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 %2 (%3)</source>
        <comment>split, count, share of the split</comment>
        <translation>%1 %2 (%3)</translation>
    </message>
    <message>
        <source>%1: no object anywhere</source>
        <translation>%1: 객체가 전혀 없음</translation>
    </message>
    <message>
        <source>%1: none in %2</source>
        <comment>class, split</comment>
        <translation>%1: %2에 없음</translation>
    </message>
    <message>
        <source>%1: only %2 in %3</source>
        <comment>class, images, split</comment>
        <translation>%1: %3에 %2뿐</translation>
    </message>
    <message>
        <source>%1: rare, %2</source>
        <translation>%1: 드묾, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln labelled</source>
        <translation>
            <numerusform>라벨 있음 %Ln개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Training waits for data</source>
        <translation>학습이 데이터를 기다립니다</translation>
    </message>
    <message>
        <source>%1 of each step of %2 is spent waiting for the next batch, %3.</source>
        <translation>%2 걸리는 스텝마다 %1을 다음 배치를 기다리는 데 씁니다. %3.</translation>
    </message>
    <message>
        <source>It was more in the first epoch: the decoded pictures are cached by now. Nothing to do.</source>
        <translation>첫 에포크에는 더 길었습니다. 지금은 디코딩한 이미지가 캐시에 있으므로 할 일이 없습니다.</translation>
    </message>
    <message>
        <source>Train on smaller pictures, give the loader more cores, or put the images on a faster disk.</source>
        <translation>더 작은 이미지로 학습하거나, 로더에 코어를 더 주거나, 이미지를 더 빠른 디스크에 두세요.</translation>
    </message>
    <message>
        <source>Steps are uneven</source>
        <translation>스텝 시간이 고르지 않습니다</translation>
    </message>
    <message>
        <source>One step in twenty takes %1 or more, the median %2.</source>
        <translation>스무 번에 한 번은 %1 이상 걸립니다. 중앙값은 %2.</translation>
    </message>
    <message>
        <source>Look for other programs on this machine (the cores at the left), or for a few very large pictures.</source>
        <translation>이 컴퓨터의 다른 프로그램(왼쪽의 코어)이나 유난히 큰 이미지가 있는지 살펴보세요.</translation>
    </message>
    <message>
        <source>The optimiser weighs a lot</source>
        <translation>옵티마이저 비중이 큽니다</translation>
    </message>
    <message>
        <source>%1 of %2 a step, with batches of %3.</source>
        <translation>스텝 %2 중 %1, 배치 크기 %3.</translation>
    </message>
    <message>
        <source>A batch twice as large pays its cost half as often; raise the rate with it.</source>
        <translation>배치를 두 배로 하면 비용이 절반으로 줄어듭니다. 학습률도 함께 올리세요.</translation>
    </message>
    <message>
        <source>It became slower</source>
        <translation>느려졌습니다</translation>
    </message>
    <message>
        <source>%1 images a second in the last epoch, %2 in its best.</source>
        <translation>마지막 에포크 초당 %1장, 가장 빠를 때 %2장.</translation>
    </message>
    <message>
        <source>Another program may use the same cores, or the machine is throttled by heat.</source>
        <translation>다른 프로그램이 같은 코어를 쓰거나 발열로 속도가 제한되었을 수 있습니다.</translation>
    </message>
    <message>
        <source>Not all cores are used</source>
        <translation>코어를 모두 쓰지 않습니다</translation>
    </message>
    <message>
        <source>%1 of %2 cores.</source>
        <translation>코어 %2개 중 %1개.</translation>
    </message>
    <message>
        <source>Set threads to 0 for all. The numbers then differ in the last digits: the order of sums changes.</source>
        <translation>모두 쓰려면 스레드를 0으로 하세요. 더하는 순서가 바뀌어 끝자리 숫자가 달라집니다.</translation>
    </message>
</context>
<context>
    <name>Fit</name>
    <message>
        <source>Too early to say</source>
        <translation>아직 판단하기 이름</translation>
    </message>
    <message>
        <source>Too early to say: that takes {least} validated epochs, {epochs} so far.</source>
        <translation>아직 판단하기 이릅니다. 검증한 에포크가 {least}개 필요한데 지금까지 {epochs}개입니다.</translation>
    </message>
    <message>
        <source>Overfitting</source>
        <translation>과적합</translation>
    </message>
    <message>
        <source>Overfits since epoch {since}: training loss {train_loss} still falls, validation loss {val_loss} rose by {rise} from its best at epoch {best_epoch}. More data or augmentation, or a stop there.</source>
        <translation>에포크 {since}부터 과적합입니다. 학습 손실 {train_loss}은(는) 계속 줄지만 검증 손실 {val_loss}은(는) 가장 좋았던 에포크 {best_epoch}보다 {rise} 늘었습니다. 데이터나 증강을 늘리거나 거기서 멈추세요.</translation>
    </message>
    <message>
        <source>Too sure of itself</source>
        <translation>과신</translation>
    </message>
    <message>
        <source>Validation loss {val_loss} rose by {rise} since epoch {best_epoch} while the metric still gained {gain}: the model is surer than it is right. Label smoothing helps.</source>
        <translation>에포크 {best_epoch} 이후 검증 손실 {val_loss}이(가) {rise} 늘었지만 지표는 {gain} 더 올랐습니다. 모델이 실제보다 확신합니다. 라벨 스무딩이 도움이 됩니다.</translation>
    </message>
    <message>
        <source>Underfitting</source>
        <translation>과소적합</translation>
    </message>
    <message>
        <source>Underfits: after {epochs} epochs training loss is {train_loss} and the metric {value}, and neither gets better. A higher rate, a larger model, or less augmentation.</source>
        <translation>과소적합입니다. {epochs} 에포크 뒤 학습 손실은 {train_loss}, 지표는 {value}이며 둘 다 나아지지 않습니다. 학습률을 높이거나 모델을 키우거나 증강을 줄이세요.</translation>
    </message>
    <message>
        <source>Gap to validation</source>
        <translation>검증과의 차이</translation>
    </message>
    <message>
        <source>Validation loss {val_loss} is {ratio} times the training loss {train_loss}, but doesn&apos;t rise. More data or augmentation would narrow it.</source>
        <translation>검증 손실 {val_loss}은(는) 학습 손실 {train_loss}의 {ratio}배지만 늘지는 않습니다. 데이터나 증강을 늘리면 차이가 줄어듭니다.</translation>
    </message>
    <message>
        <source>Still getting better</source>
        <translation>아직 좋아지는 중</translation>
    </message>
    <message>
        <source>Still getting better: {gain} more over the last {epochs} epochs, now {value}. More epochs may help.</source>
        <translation>아직 좋아지는 중입니다. 지난 {epochs} 에포크 동안 {gain} 올라 지금 {value}입니다. 에포크를 늘리면 더 나아질 수 있습니다.</translation>
    </message>
    <message>
        <source>Plateau</source>
        <translation>정체</translation>
    </message>
    <message>
        <source>No better since epoch {since}: the metric stays at {value}, within {spread}.</source>
        <translation>에포크 {since}부터 나아지지 않습니다. 지표는 {value}에서 {spread} 안에 머뭅니다.</translation>
    </message>
    <message>
        <source>Noisy validation</source>
        <translation>불안정한 검증</translation>
    </message>
    <message>
        <source>Noisy validation: only {images} images, the interval is ±{half}.</source>
        <translation>검증이 불안정합니다. 이미지가 {images}장뿐이라 구간이 ±{half}입니다.</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>알맞음</translation>
    </message>
    <message>
        <source>Training loss {train_loss} and validation loss {val_loss} go together; the metric is {value}.</source>
        <translation>학습 손실 {train_loss}와(과) 검증 손실 {val_loss}이(가) 함께 움직입니다. 지표는 {value}입니다.</translation>
    </message>
</context>
<context>
    <name>KeyPresets</name>
    <message>
        <source>Lathe</source>
        <translation>Lathe</translation>
    </message>
    <message>
        <source>Tools by their letter, Space when an image is done.</source>
        <translation>도구는 해당 글자 키, 이미지가 끝나면 스페이스.</translation>
    </message>
    <message>
        <source>CVAT</source>
        <translation>CVAT</translation>
    </message>
    <message>
        <source>D and F go through the images, N draws.</source>
        <translation>D와 F로 이미지를 넘기고 N으로 그립니다.</translation>
    </message>
    <message>
        <source>labelme</source>
        <translation>labelme</translation>
    </message>
    <message>
        <source>A and D go through the images, Ctrl+N draws a polygon.</source>
        <translation>A와 D로 이미지를 넘기고 Ctrl+N으로 다각형을 그립니다.</translation>
    </message>
    <message>
        <source>One hand, left</source>
        <translation>한 손, 왼쪽</translation>
    </message>
    <message>
        <source>All that is needed often lies under the left hand.</source>
        <translation>자주 쓰는 것이 모두 왼손 아래에 있습니다.</translation>
    </message>
</context>
<context>
    <name>LineageWords</name>
    <message>
        <source>pushed %1</source>
        <translation>%1 배포</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>학습 실행</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>배포 대상</translation>
    </message>
</context>
<context>
    <name>Metric</name>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>매크로 F1</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>보정 오차</translation>
    </message>
    <message>
        <source>Images/s</source>
        <translation>이미지/초</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>AP</source>
        <translation>AP</translation>
    </message>
    <message>
        <source>AP50</source>
        <translation>AP50</translation>
    </message>
    <message>
        <source>AP75</source>
        <translation>AP75</translation>
    </message>
    <message>
        <source>Mean IoU</source>
        <translation>평균 IoU</translation>
    </message>
    <message>
        <source>Pixel accuracy</source>
        <translation>픽셀 정확도</translation>
    </message>
    <message>
        <source>Top-5 accuracy</source>
        <translation>상위 5 정확도</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>재현율</translation>
    </message>
    <message>
        <source>ROC AUC</source>
        <translation>ROC AUC</translation>
    </message>
    <message>
        <source>Average precision</source>
        <translation>평균 정밀도</translation>
    </message>
    <message>
        <source>AP, small objects</source>
        <translation>AP, 작은 객체</translation>
    </message>
    <message>
        <source>AP, medium objects</source>
        <translation>AP, 중간 객체</translation>
    </message>
    <message>
        <source>AP, large objects</source>
        <translation>AP, 큰 객체</translation>
    </message>
    <message>
        <source>AR, 1 box</source>
        <translation>AR, 상자 1개</translation>
    </message>
    <message>
        <source>AR, 10 boxes</source>
        <translation>AR, 상자 10개</translation>
    </message>
    <message>
        <source>AR, 100 boxes</source>
        <translation>AR, 상자 100개</translation>
    </message>
    <message>
        <source>AR, small objects</source>
        <translation>AR, 작은 객체</translation>
    </message>
    <message>
        <source>AR, medium objects</source>
        <translation>AR, 중간 객체</translation>
    </message>
    <message>
        <source>AR, large objects</source>
        <translation>AR, 큰 객체</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>Dice</translation>
    </message>
    <message>
        <source>val %1</source>
        <translation>검증 %1</translation>
    </message>
    <message>
        <source>train %1</source>
        <translation>학습 %1</translation>
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
    <name>ObjectsPanel</name>
    <message>
        <source>Drawing order</source>
        <translation>그리기 순서</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Size, largest first</source>
        <translation>크기, 큰 것부터</translation>
    </message>
    <message>
        <source>Confidence, lowest first</source>
        <translation>신뢰도, 낮은 것부터</translation>
    </message>
</context>
<context>
    <name>PhaseBars</name>
    <message>
        <source>waits for data</source>
        <translation>데이터 대기</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>순전파</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>역전파</translation>
    </message>
    <message>
        <source>optimiser</source>
        <translation>옵티마이저</translation>
    </message>
</context>
<context>
    <name>RunLog</name>
    <message>
        <source>epoch %1 in %2 s</source>
        <translation>에포크 %1, %2초</translation>
    </message>
    <message>
        <source>%1 on %2, %3 parameters, %4 steps an epoch</source>
        <translation>%2에서 %1, 매개변수 %3개, 에포크당 스텝 %4개</translation>
    </message>
    <message>
        <source>step %1 ms: waits %2, forward %3, backward %4, optimiser %5</source>
        <translation>스텝 %1 ms: 대기 %2, 순전파 %3, 역전파 %4, 옵티마이저 %5</translation>
    </message>
    <message>
        <source>checkpoint %1</source>
        <translation>체크포인트 %1</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>에포크 %1</translation>
    </message>
    <message>
        <source>changed: %1</source>
        <translation>변경됨: %1</translation>
    </message>
    <message>
        <source>change refused: %1</source>
        <translation>변경 거부됨: %1</translation>
    </message>
</context>
<context>
    <name>RunState</name>
    <message>
        <source>Running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Engine ended</source>
        <translation>엔진 종료됨</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>대기 중</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>옵티마이저</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>감쇠</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>스케줄</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>워밍업</translation>
    </message>
    <message>
        <source>Label smooth</source>
        <translation>라벨 스무딩</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>높이</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>증강</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>스냅샷</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>Network width</source>
        <translation>네트워크 폭</translation>
    </message>
    <message>
        <source>Loss function</source>
        <translation>손실 함수</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>클래스 가중치</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>샘플러</translation>
    </message>
    <message>
        <source>Clipping</source>
        <translation>클리핑</translation>
    </message>
    <message>
        <source>Accumulate</source>
        <translation>누적</translation>
    </message>
    <message>
        <source>Weight average</source>
        <translation>가중치 평균(EMA)</translation>
    </message>
    <message>
        <source>Early stop</source>
        <translation>조기 종료</translation>
    </message>
    <message>
        <source>Resizing</source>
        <translation>크기 조정</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>보간</translation>
    </message>
</context>
<context>
    <name>StepShares</name>
    <message>
        <source>%1 images a second.</source>
        <translation>초당 이미지 %1장.</translation>
    </message>
    <message>
        <source>A step waits for data %1 of the time; forward %2, backward %3, optimiser %4.</source>
        <translation>한 스텝은 시간의 %1 동안 데이터를 기다립니다. 순전파 %2, 역전파 %3, 옵티마이저 %4.</translation>
    </message>
    <message>
        <source>Validation takes %1 of an epoch.</source>
        <translation>검증이 에포크의 %1를 차지합니다.</translation>
    </message>
    <message>
        <source>The network stands still meanwhile: a smaller size or more cores make it faster.</source>
        <translation>그동안 네트워크는 쉽니다. 크기를 줄이거나 코어를 늘리면 빨라집니다.</translation>
    </message>
    <message>
        <source>Fewer validation images would make it faster.</source>
        <translation>검증 이미지를 줄이면 빨라집니다.</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>That can&apos;t be meant</source>
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
        <source>The folder can&apos;t be written</source>
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
            <numerusform>%n일</numerusform>
        </translation>
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
            <numerusform>%n일 전</numerusform>
        </translation>
    </message>
    <message>
        <source>New</source>
        <translation>새 이미지</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>승인됨</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>반려됨</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>건너뜀</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>date and time this year, as QLocale::toString takes it</comment>
        <translation>MMM d일 HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy HH:mm</source>
        <comment>date and time, as QLocale::toString takes it</comment>
        <translation>yyyy년 MMM d일 HH:mm</translation>
    </message>
</context>
<context>
    <name>ValidationPage</name>
    <message>
        <source>%1 of %2 found</source>
        <translation>%2개 중 %1개 찾음</translation>
    </message>
    <message>
        <source>%1, %2 too many</source>
        <translation>%1, 초과 %2개</translation>
    </message>
    <message>
        <source>mean IoU %1</source>
        <translation>평균 IoU %1</translation>
    </message>
    <message>
        <source>%1; is %2</source>
        <translation>%1, 정답은 %2</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>오답</translation>
    </message>
</context>
<context>
    <name>Versions</name>
    <message>
        <source>packaged</source>
        <translation>패키지됨</translation>
    </message>
    <message>
        <source>submitted</source>
        <translation>제출됨</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>승인됨</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>반려됨</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <comment>name, images, annotations</comment>
        <translation>%1, %2, %3</translation>
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
    <message>
        <source>Find a key</source>
        <translation>키 찾기</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>키 바꾸기</translation>
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
    <name>lathe::shell::KeyDelegate</name>
    <message>
        <source>New keys of %1</source>
        <translation>%1의 새 키</translation>
    </message>
    <message>
        <source>Press the keys, Esc leaves</source>
        <translation>키를 누르세요. Esc로 나갑니다</translation>
    </message>
</context>
<context>
    <name>lathe::shell::KeyEditor</name>
    <message>
        <source>Key editor</source>
        <translation>키 편집기</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Action or key</source>
        <translation>동작 또는 키</translation>
    </message>
    <message>
        <source>Search the actions</source>
        <translation>동작 검색</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>동작과 키</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>키 바꾸기</translation>
    </message>
    <message>
        <source>Remove keys</source>
        <translation>키 제거</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>모두 초기화</translation>
    </message>
    <message>
        <source>%1 is “%2” in %3.</source>
        <translation>%1은(는) %3에서 “%2”입니다.</translation>
    </message>
    <message>
        <source>Use it for “%1”</source>
        <translation>“%1”에 사용</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>사용자 지정</translation>
    </message>
    <message>
        <source>A set of keys for all actions</source>
        <translation>모든 동작의 키 세트</translation>
    </message>
</context>
<context>
    <name>lathe::shell::KeyRows</name>
    <message>
        <source>changed</source>
        <translation>변경됨</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>동작</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
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
            <numerusform>코어 %n개</numerusform>
        </translation>
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
    <message>
        <source>No new images in %1</source>
        <translation>%1에 새 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Show problems</source>
        <translation>문제 보기</translation>
    </message>
    <message>
        <source>Ask the engine</source>
        <translation>엔진에 묻기</translation>
    </message>
    <message numerus="yes">
        <source>%Ln images added</source>
        <translation>
            <numerusform>이미지 %Ln개 추가됨</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln annotations</source>
        <translation>
            <numerusform>, 주석 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln known already</source>
        <translation>
            <numerusform>, 이미 있는 것 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln files are missing</source>
        <translation>
            <numerusform>, 없는 파일 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln refused</source>
        <translation>
            <numerusform>, 거부 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>키 바꾸기…</translation>
    </message>
    <message>
        <source>Switch user…</source>
        <translation>사용자 전환…</translation>
    </message>
    <message>
        <source>Import file or archive…</source>
        <translation>파일 또는 압축 파일 가져오기…</translation>
    </message>
    <message>
        <source>Import labels or an archive</source>
        <translation>레이블 또는 압축 파일 가져오기</translation>
    </message>
    <message>
        <source>Labels and archives (*.json *.jsonl *.xml *.csv *.txt *.yaml *.zip *.tar *.gz *.tgz *.7z *.xz *.zst);;All files (*)</source>
        <translation>레이블과 압축 파일 (*.json *.jsonl *.xml *.csv *.txt *.yaml *.zip *.tar *.gz *.tgz *.7z *.xz *.zst);;모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>lathe::shell::Profiles</name>
    <message>
        <source>you</source>
        <translation>나</translation>
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
            <numerusform>작업 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::shell::UserPopup</name>
    <message>
        <source>Annotator</source>
        <translation>라벨러</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>검토자</translation>
    </message>
    <message>
        <source>Data scientist</source>
        <translation>데이터 과학자</translation>
    </message>
    <message>
        <source>Engineer</source>
        <translation>엔지니어</translation>
    </message>
    <message>
        <source>User</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>프로필</translation>
    </message>
    <message>
        <source>No profiles yet: everybody may do everything here.</source>
        <translation>아직 프로필이 없습니다. 여기서는 누구나 모든 것을 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Profiles are kept in a workspace; none is open.</source>
        <translation>프로필은 작업 공간에 저장됩니다. 열린 작업 공간이 없습니다.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Name of the profile</source>
        <translation>프로필 이름</translation>
    </message>
    <message>
        <source>Role of the profile</source>
        <translation>프로필 역할</translation>
    </message>
    <message>
        <source>What the profile may do</source>
        <translation>프로필이 할 수 있는 일</translation>
    </message>
    <message>
        <source>Remove profile</source>
        <translation>프로필 제거</translation>
    </message>
    <message>
        <source>You act as %1</source>
        <translation>%1(으)로 작업 중입니다</translation>
    </message>
    <message>
        <source>Read the profiles</source>
        <translation>프로필 읽기</translation>
    </message>
    <message>
        <source>Use this name</source>
        <translation>이 이름 사용</translation>
    </message>
    <message>
        <source>Save and use</source>
        <translation>저장하고 사용</translation>
    </message>
    <message>
        <source>Add and use</source>
        <translation>추가하고 사용</translation>
    </message>
    <message>
        <source>Save the profile</source>
        <translation>프로필 저장</translation>
    </message>
    <message>
        <source>Remove the profile</source>
        <translation>프로필 제거</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::BrowseMode</name>
    <message>
        <source>Browse</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>모든 이미지</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>%1 of %2 images in %3 ms</source>
        <translation>이미지 %2개 중 %1개, %3 ms</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>아직 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Drop a folder on the window, or import one.</source>
        <translation>폴더를 창에 놓거나 가져오세요.</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>일치하는 것이 없습니다</translation>
    </message>
    <message>
        <source>Loosen the search, or untick a filter.</source>
        <translation>검색 조건을 줄이거나 필터를 해제하세요.</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n개 선택</numerusform>
        </translation>
    </message>
    <message>
        <source>Freeze snapshot</source>
        <translation>스냅샷 고정</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Open in Label</source>
        <translation>라벨링에서 열기</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>선택 해제</translation>
    </message>
    <message>
        <source>Search images</source>
        <translation>이미지 검색</translation>
    </message>
    <message>
        <source>Import folder</source>
        <translation>폴더 가져오기</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>큰 순서로</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Split: train</source>
        <translation>분할: train</translation>
    </message>
    <message>
        <source>Split: val</source>
        <translation>분할: val</translation>
    </message>
    <message>
        <source>Split: test</source>
        <translation>분할: test</translation>
    </message>
    <message>
        <source>No split</source>
        <translation>분할 없음</translation>
    </message>
    <message>
        <source>Sorted by</source>
        <translation>정렬</translation>
    </message>
    <message>
        <source>class:WBC split:test count(RBC)&gt;20, or words of file names</source>
        <translation>class:WBC split:test count(RBC)&gt;20 또는 파일 이름의 단어</translation>
    </message>
    <message>
        <source>import order</source>
        <translation>가져온 순서</translation>
    </message>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>date added</source>
        <translation>추가한 날짜</translation>
    </message>
    <message>
        <source>width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>height</source>
        <translation>높이</translation>
    </message>
    <message>
        <source>brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>objects</source>
        <translation>객체 수</translation>
    </message>
    <message>
        <source>Search field button</source>
        <translation>검색 칸 버튼</translation>
    </message>
    <message>
        <source>Read the tags</source>
        <translation>태그 읽기</translation>
    </message>
    <message numerus="yes">
        <source>Tag %n image(s)</source>
        <translation>
            <numerusform>이미지 %n장에 태그 달기</numerusform>
        </translation>
    </message>
    <message>
        <source>Take a tag off</source>
        <translation>태그 떼기</translation>
    </message>
    <message>
        <source>Name of the tag</source>
        <translation>태그 이름</translation>
    </message>
    <message>
        <source>Tag images</source>
        <translation>이미지에 태그 달기</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) tagged %1</source>
        <translation>
            <numerusform>이미지 %n장에 %1 태그를 달았습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 taken off %n image(s)</source>
        <translation>
            <numerusform>이미지 %n장에서 %1 태그를 뗐습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Read the saved views</source>
        <translation>저장된 보기 읽기</translation>
    </message>
    <message>
        <source>No views yet</source>
        <translation>아직 저장된 보기가 없습니다</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>이 검색 저장…</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>이 검색 저장</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>보기 이름</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Save the view</source>
        <translation>보기 저장</translation>
    </message>
    <message>
        <source>The view %1 is saved</source>
        <translation>보기 %1을(를) 저장했습니다</translation>
    </message>
    <message>
        <source>Remove the view</source>
        <translation>보기 제거</translation>
    </message>
    <message>
        <source>Show the images</source>
        <translation>이미지 보기</translation>
    </message>
    <message>
        <source>Explore the images</source>
        <translation>이미지 분석</translation>
    </message>
    <message>
        <source>Save the exploration as a report…</source>
        <translation>분석 결과를 보고서로 저장…</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>저장된 보기</translation>
    </message>
    <message>
        <source>How to look at the images</source>
        <translation>이미지를 보는 방식</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>분석</translation>
    </message>
    <message>
        <source>contrast</source>
        <translation>대비</translation>
    </message>
    <message>
        <source>sharpness</source>
        <translation>선명도</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>엔트로피</translation>
    </message>
    <message>
        <source>colourfulness</source>
        <translation>색채감</translation>
    </message>
    <message>
        <source>Show the objects</source>
        <translation>객체 보기</translation>
    </message>
    <message>
        <source>Change class</source>
        <translation>클래스 바꾸기</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>area</source>
        <translation>면적</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>신뢰도</translation>
    </message>
    <message>
        <source>class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Read the classes</source>
        <translation>클래스 읽기</translation>
    </message>
    <message numerus="yes">
        <source>Change the class of %n object(s)</source>
        <translation>
            <numerusform>객체 %n개의 클래스 바꾸기</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) are %1 now</source>
        <translation>
            <numerusform>객체 %n개가 이제 %1입니다</numerusform>
        </translation>
    </message>
    <message>
        <source>imported</source>
        <translation>가져온 값</translation>
    </message>
    <message>
        <source>attribute</source>
        <translation>속성</translation>
    </message>
    <message>
        <source>Group %1</source>
        <translation>그룹 %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Run: %1</source>
        <translation>학습 실행: %1</translation>
    </message>
    <message>
        <source>right</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>틀림</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>판정 없음</translation>
    </message>
    <message>
        <source>Set the groups</source>
        <translation>그룹 지정</translation>
    </message>
    <message>
        <source>Group by the beginning of the file name</source>
        <translation>파일 이름 앞부분으로 묶기</translation>
    </message>
    <message>
        <source>Group by a pattern</source>
        <translation>패턴으로 묶기</translation>
    </message>
    <message>
        <source>Up to this text, as _ in ward3_017.png</source>
        <translation>이 글자 앞까지, 예: ward3_017.png의 _</translation>
    </message>
    <message>
        <source>Regular expression; its first ( ) is the group</source>
        <translation>정규식, 첫 번째 ( )가 그룹</translation>
    </message>
    <message>
        <source>Find duplicates</source>
        <translation>중복 찾기</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>중복</translation>
    </message>
    <message>
        <source>List or grid</source>
        <translation>목록 또는 격자</translation>
    </message>
    <message>
        <source>Columns of the list</source>
        <translation>목록의 열</translation>
    </message>
    <message>
        <source>One tile a group</source>
        <translation>그룹마다 타일 하나</translation>
    </message>
    <message>
        <source>How the tiles look</source>
        <translation>타일 표시 방식</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>실행 취소됨: %1</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>취소할 작업이 없습니다</translation>
    </message>
    <message>
        <source>%1 in </source>
        <translation>%1, </translation>
    </message>
    <message numerus="yes">
        <source>%Ln tile(s) for </source>
        <translation>
            <numerusform>타일 %Ln개, </numerusform>
        </translation>
    </message>
    <message>
        <source>Snapshot %1: %2</source>
        <translation>스냅샷 %1: %2</translation>
    </message>
    <message>
        <source>%1 and %2 are in %3.</source>
        <translation>%1와 %2를 %3에 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::ExportSheet</name>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Export all images</source>
        <translation>모든 이미지 내보내기</translation>
    </message>
    <message>
        <source>Export what matches %1</source>
        <translation>%1에 맞는 이미지 내보내기</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>지금 상태 그대로</translation>
    </message>
    <message>
        <source>Image files</source>
        <translation>이미지 파일</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Hard links</source>
        <translation>하드 링크</translation>
    </message>
    <message>
        <source>Labels only</source>
        <translation>레이블만</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 선택</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Read the snapshots</source>
        <translation>스냅샷 읽기</translation>
    </message>
    <message>
        <source>Looking what the format can hold …</source>
        <translation>형식이 담을 수 있는 것을 확인하는 중 …</translation>
    </message>
    <message>
        <source>Rehearse the export</source>
        <translation>내보내기 미리 해 보기</translation>
    </message>
    <message>
        <source>What the format can&apos;t hold</source>
        <translation>형식이 담지 못하는 것</translation>
    </message>
    <message>
        <source>The format holds all of it.</source>
        <translation>이 형식은 모두 담을 수 있습니다.</translation>
    </message>
    <message>
        <source>Export into a new folder</source>
        <translation>새 폴더로 내보내기</translation>
    </message>
    <message>
        <source>Snapshot %1, %2</source>
        <translation>스냅샷 %1, %2</translation>
    </message>
    <message>
        <source>%1, %2.</source>
        <translation>%1, %2.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::Inspector</name>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>no split</source>
        <translation>분할 없음</translation>
    </message>
    <message>
        <source>split %1</source>
        <translation>분할 %1</translation>
    </message>
    <message>
        <source>state %1</source>
        <translation>상태 %1</translation>
    </message>
    <message>
        <source>brightness %1</source>
        <translation>밝기 %1</translation>
    </message>
    <message>
        <source>The file is missing</source>
        <translation>파일이 없습니다</translation>
    </message>
    <message>
        <source>The file is missing; import it again with its images.</source>
        <translation>파일이 없습니다. 이미지와 함께 다시 가져오세요.</translation>
    </message>
    <message>
        <source>Decode the preview</source>
        <translation>미리보기 디코딩</translation>
    </message>
    <message>
        <source>No image chosen</source>
        <translation>선택한 이미지 없음</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>Objects by class</source>
        <translation>클래스별 객체</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::NamePopup</name>
    <message>
        <source>OK</source>
        <translation>확인</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::Preview</name>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::duplicates::DuplicateHeader</name>
    <message>
        <source>Move to the same split</source>
        <translation>같은 분할로 옮기기</translation>
    </message>
    <message>
        <source>%1: move to the same split</source>
        <translation>%1: 같은 분할로 옮기기</translation>
    </message>
    <message>
        <source>Show in the grid</source>
        <translation>격자에서 보기</translation>
    </message>
    <message>
        <source>%1: show in the grid</source>
        <translation>%1: 격자에서 보기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::duplicates::DuplicateView</name>
    <message>
        <source>Pictures that are alike</source>
        <translation>서로 닮은 이미지</translation>
    </message>
    <message>
        <source>Image %1</source>
        <translation>이미지 %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message numerus="yes">
        <source>%Ln set(s)</source>
        <translation>
            <numerusform>묶음 %Ln개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::duplicates::DuplicatesPage</name>
    <message numerus="yes">
        <source>Exclude %n duplicate(s)</source>
        <translation>
            <numerusform>중복 %n장 제외</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) excluded</source>
        <translation>
            <numerusform>이미지 %Ln장을 제외했습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Include %n image(s) again</source>
        <translation>
            <numerusform>이미지 %n장 다시 포함</numerusform>
        </translation>
    </message>
    <message>
        <source>Include again</source>
        <translation>다시 포함</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) included again</source>
        <translation>
            <numerusform>이미지 %Ln장을 다시 포함했습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>The first %1 of %2 images are shown</source>
        <translation>이미지 %2장 중 처음 %1장을 표시합니다</translation>
    </message>
    <message>
        <source>Move to the same split</source>
        <translation>같은 분할로 옮기기</translation>
    </message>
    <message>
        <source>Move to %1</source>
        <translation>%1(으)로 옮기기</translation>
    </message>
    <message>
        <source>Count the images</source>
        <translation>이미지 세기</translation>
    </message>
    <message>
        <source>The images have changed since they were compared.</source>
        <translation>비교한 뒤에 이미지가 바뀌었습니다.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>Find duplicates</source>
        <translation>중복 찾기</translation>
    </message>
    <message>
        <source>Choose what to keep</source>
        <translation>유지할 이미지 고르기</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>비교 중</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) couldn&apos;t be compared</source>
        <translation>
            <numerusform>이미지 %Ln장을 비교하지 못했습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep this one</source>
        <translation>이 이미지 유지</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Show these in the grid</source>
        <translation>이 묶음을 격자에서 보기</translation>
    </message>
    <message>
        <source>Move all to one split</source>
        <translation>모두 한 분할로 옮기기</translation>
    </message>
    <message>
        <source>Exclude the others</source>
        <translation>나머지 제외</translation>
    </message>
    <message>
        <source>Look for duplicates again</source>
        <translation>중복 다시 찾기</translation>
    </message>
    <message>
        <source>Stop looking for duplicates</source>
        <translation>중복 찾기 중지</translation>
    </message>
    <message>
        <source>Open in Label</source>
        <translation>라벨링에서 열기</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>완전 중복</translation>
    </message>
    <message>
        <source>Leaks</source>
        <translation>누출</translation>
    </message>
    <message numerus="yes">
        <source>Exclude the other %Ln</source>
        <translation>
            <numerusform>나머지 %Ln장 제외</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Include %Ln again</source>
        <translation>
            <numerusform>%Ln장 다시 포함</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bit(s) of 64: %1</source>
        <translation>
            <numerusform>64비트 중 %n비트: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>No workspace is open</source>
        <translation>열린 작업 공간이 없습니다</translation>
    </message>
    <message>
        <source>Open one to find the pictures that it has more than once.</source>
        <translation>작업 공간을 열면 여러 번 들어 있는 이미지를 찾을 수 있습니다.</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>아직 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Import a folder; then its duplicates are found here.</source>
        <translation>폴더를 가져오면 여기에서 중복을 찾습니다.</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>일치하는 것이 없습니다</translation>
    </message>
    <message>
        <source>Loosen the search, or clear it.</source>
        <translation>검색 조건을 줄이거나 지우세요.</translation>
    </message>
    <message>
        <source>Counting the images</source>
        <translation>이미지를 세는 중</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>중복</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) must be looked at once: %1. You can go on working meanwhile.</source>
        <translation>
            <numerusform>이미지 %Ln장을 한 번 살펴봐야 합니다: %1. 그동안 계속 작업할 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for duplicates</source>
        <translation>중복을 찾는 중</translation>
    </message>
    <message>
        <source>Exact and near copies, and leaks between splits.</source>
        <translation>완전 중복과 유사 중복, 분할 간 누출을 찾습니다.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>The images that were looked at are remembered.</source>
        <translation>이미 살펴본 이미지는 기억해 둡니다.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>결과가 없습니다</translation>
    </message>
    <message>
        <source>It couldn&apos;t be done; the line above says why.</source>
        <translation>찾지 못했습니다. 이유는 위 줄에 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) compared.</source>
        <translation>
            <numerusform>이미지 %Ln장을 비교했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>No two pictures are alike</source>
        <translation>서로 닮은 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Good: there is nothing to exclude.</source>
        <translation>좋습니다. 제외할 것이 없습니다.</translation>
    </message>
    <message>
        <source>No exact copies</source>
        <translation>완전 중복이 없습니다</translation>
    </message>
    <message>
        <source>Good: no two have the same pixels.</source>
        <translation>좋습니다. 픽셀이 같은 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>No leaks between splits</source>
        <translation>분할 간 누출이 없습니다</translation>
    </message>
    <message>
        <source>Good: what tests a model wasn&apos;t trained on.</source>
        <translation>좋습니다. 평가하는 이미지는 학습에 쓰이지 않았습니다.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색 지우기</translation>
    </message>
    <message>
        <source>Which duplicates</source>
        <translation>중복의 종류</translation>
    </message>
    <message>
        <source>Alike up to</source>
        <translation>닮은 정도</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>유지</translation>
    </message>
    <message>
        <source>the largest</source>
        <translation>가장 큰 이미지</translation>
    </message>
    <message>
        <source>the one with most labels</source>
        <translation>라벨이 가장 많은 이미지</translation>
    </message>
    <message>
        <source>the first</source>
        <translation>첫 이미지</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Nothing could be compared</source>
        <translation>비교할 수 있는 이미지가 없습니다</translation>
    </message>
    <message>
        <source>The list below says why.</source>
        <translation>이유는 아래 목록에 있습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::explore::ExploreCharts</name>
    <message>
        <source>All classes</source>
        <translation>모든 클래스</translation>
    </message>
    <message>
        <source>All sizes</source>
        <translation>모든 크기</translation>
    </message>
    <message>
        <source>Object area, % of the image</source>
        <translation>객체 면적, 이미지의 %</translation>
    </message>
    <message>
        <source>Objects per image</source>
        <translation>이미지당 객체 수</translation>
    </message>
    <message>
        <source>Width, pixels</source>
        <translation>너비, 픽셀</translation>
    </message>
    <message>
        <source>Height, pixels</source>
        <translation>높이, 픽셀</translation>
    </message>
    <message>
        <source>Aspect, width over height</source>
        <translation>종횡비, 너비 ÷ 높이</translation>
    </message>
    <message>
        <source>Brightness, mean luma 0 to 255</source>
        <translation>밝기, 평균 휘도 0~255</translation>
    </message>
    <message>
        <source>Contrast, spread of luma</source>
        <translation>대비, 휘도의 퍼짐</translation>
    </message>
    <message>
        <source>Images with it: %1</source>
        <translation>이 클래스가 있는 이미지: %1</translation>
    </message>
    <message>
        <source>Every class is in every split, and none is rare.</source>
        <translation>모든 클래스가 모든 분할에 있고, 드문 클래스가 없습니다.</translation>
    </message>
    <message>
        <source>No objects yet. Label some images, or import labels.</source>
        <translation>아직 객체가 없습니다. 이미지에 라벨을 달거나 라벨을 가져오세요.</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln image(s)</source>
        <translation>
            <numerusform>%1: 이미지 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 with %2: %Ln image(s), %3 of those with %1</source>
        <translation>
            <numerusform>%1와(과) %2: 이미지 %Ln개, %1 있는 이미지의 %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the %Ln commonest of %1</source>
        <translation>
            <numerusform>%1개 중 가장 흔한 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>all classes</source>
        <translation>모든 클래스</translation>
    </message>
    <message>
        <source>%1–%2 % from the left, %3–%4 % from the top: %5</source>
        <translation>왼쪽에서 %1–%2 %, 위에서 %3–%4 %: %5</translation>
    </message>
    <message numerus="yes">
        <source>%Ln centre(s)</source>
        <translation>
            <numerusform>중심 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>width %1, height %2: %Ln image(s)</source>
        <translation>
            <numerusform>너비 %1, 높이 %2: 이미지 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different one(s)</source>
        <translation>
            <numerusform>서로 다른 크기 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>not known of %Ln image(s)</source>
        <translation>
            <numerusform>이미지 %Ln개는 알 수 없음</numerusform>
        </translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Rare and missing</source>
        <translation>드물거나 없음</translation>
    </message>
    <message>
        <source>Together in an image</source>
        <translation>한 이미지에 함께</translation>
    </message>
    <message>
        <source>Where objects sit</source>
        <translation>객체 위치</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>이미지 크기</translation>
    </message>
    <message>
        <source>Objects by class</source>
        <translation>클래스별 객체</translation>
    </message>
    <message>
        <source>Rare and missing classes</source>
        <translation>드물거나 없는 클래스</translation>
    </message>
    <message>
        <source>Images with both classes</source>
        <translation>두 클래스가 함께 있는 이미지</translation>
    </message>
    <message>
        <source>Centres of objects</source>
        <translation>객체 중심</translation>
    </message>
    <message>
        <source>Class whose objects are shown</source>
        <translation>객체를 표시할 클래스</translation>
    </message>
    <message>
        <source>Images by size</source>
        <translation>크기별 이미지</translation>
    </message>
    <message>
        <source>Images by width and height</source>
        <translation>너비와 높이별 이미지</translation>
    </message>
    <message>
        <source>Needs labels of two classes.</source>
        <translation>두 클래스의 라벨이 필요합니다.</translation>
    </message>
    <message>
        <source>No objects with a place: label some images, or import labels.</source>
        <translation>위치가 있는 객체가 없습니다. 이미지에 라벨을 달거나 라벨을 가져오세요.</translation>
    </message>
    <message>
        <source>The size of these images isn&apos;t known.</source>
        <translation>이 이미지들의 크기를 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Bars: %1</source>
        <translation>막대: %1</translation>
    </message>
    <message>
        <source>No objects with an area: draw boxes or masks, or import some.</source>
        <translation>면적이 있는 객체가 없습니다. 상자나 마스크를 그리거나 가져오세요.</translation>
    </message>
    <message>
        <source>Not known of these images.</source>
        <translation>이 이미지들에서는 알 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::explore::ExplorePage</name>
    <message>
        <source>Charts</source>
        <translation>차트</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>분석</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>집계 중</translation>
    </message>
    <message>
        <source>Reading where the objects are: %1 %</source>
        <translation>객체 위치를 읽는 중: %1 %</translation>
    </message>
    <message>
        <source>Count again</source>
        <translation>다시 집계</translation>
    </message>
    <message>
        <source>No workspace is open</source>
        <translation>열린 작업 공간이 없습니다</translation>
    </message>
    <message>
        <source>Open one to see what its images are like.</source>
        <translation>작업 공간을 열면 이미지의 특성을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>아직 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Import a folder; then this page shows classes, sizes and light.</source>
        <translation>폴더를 가져오면 여기에 클래스, 크기, 밝기가 표시됩니다.</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>일치하는 것이 없습니다</translation>
    </message>
    <message>
        <source>Loosen the search, or clear it.</source>
        <translation>검색 조건을 줄이거나 지우세요.</translation>
    </message>
    <message>
        <source>Classes, sizes, places and light of the images.</source>
        <translation>이미지의 클래스, 크기, 위치, 밝기를 셉니다.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지했습니다</translation>
    </message>
    <message>
        <source>Nothing was counted.</source>
        <translation>집계한 것이 없습니다.</translation>
    </message>
    <message>
        <source>No figures</source>
        <translation>수치가 없습니다</translation>
    </message>
    <message>
        <source>They couldn&apos;t be counted; the line above says why.</source>
        <translation>집계하지 못했습니다. 위의 줄에 이유가 있습니다.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>보고서 저장</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>웹 페이지 (*.html)</translation>
    </message>
    <message>
        <source>The report is in %1.</source>
        <translation>보고서는 %1에 있습니다.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색 지우기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Exploration</source>
        <translation>분석</translation>
    </message>
    <message>
        <source>Splits in the charts</source>
        <translation>차트의 분할</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>전체 이미지</translation>
    </message>
    <message>
        <source>Splits side by side</source>
        <translation>분할 나란히</translation>
    </message>
    <message>
        <source>Splits overlaid</source>
        <translation>분할 겹쳐서</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>보고서 저장</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::search::BatchUndo</name>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::search::FacetPanel</name>
    <message>
        <source>Filters</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>작성자</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>What belongs together</source>
        <translation>그룹 기준</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>학습 실행</translation>
    </message>
    <message>
        <source>Run that is asked</source>
        <translation>결과를 볼 학습 실행</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::search::FacetSection</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>외 %Ln개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::search::GroupMenu</name>
    <message>
        <source>no rule yet</source>
        <translation>기준 없음</translation>
    </message>
    <message>
        <source>by folder</source>
        <translation>폴더별</translation>
    </message>
    <message>
        <source>name up to %1</source>
        <translation>이름, %1 앞까지</translation>
    </message>
    <message>
        <source>name like %1</source>
        <translation>이름 패턴 %1</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>%1별</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Beginning of the file name…</source>
        <translation>파일 이름 앞부분…</translation>
    </message>
    <message>
        <source>Pattern in the name…</source>
        <translation>이름의 패턴…</translation>
    </message>
    <message>
        <source>Attribute of the image</source>
        <translation>이미지 속성</translation>
    </message>
    <message>
        <source>Imported field</source>
        <translation>가져온 필드</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>그룹 없음</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::search::MeasureFilter</name>
    <message>
        <source>Objects per image</source>
        <translation>이미지당 객체 수</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>높이</translation>
    </message>
    <message>
        <source>Aspect ratio</source>
        <translation>가로세로비</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>대비</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>선명도</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>엔트로피</translation>
    </message>
    <message>
        <source>Colourfulness</source>
        <translation>색채감</translation>
    </message>
    <message>
        <source>Object area</source>
        <translation>객체 면적</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>신뢰도</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 ~ %2</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>%1만</translation>
    </message>
    <message>
        <source>All, %1</source>
        <translation>전체, %1</translation>
    </message>
    <message>
        <source>Drag to keep a range; click it again to let go</source>
        <translation>끌어서 범위를 고르고, 다시 눌러 해제합니다</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::search::SplitMover</name>
    <message numerus="yes">
        <source>Set the split of %n image(s)</source>
        <translation>
            <numerusform>이미지 %n장의 분할 지정</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) have no split now</source>
        <translation>
            <numerusform>이미지 %Ln장의 분할을 없앴습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) moved to %1</source>
        <translation>
            <numerusform>이미지 %Ln장을 %1(으)로 옮겼습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) belong to a frozen test set and stay in it. Figures measured on it before couldn&apos;t be compared with new ones.</source>
        <translation>
            <numerusform>이미지 %Ln장은 고정된 테스트 세트에 속해 그대로 둡니다. 옮기면 그 세트에서 측정한 이전 수치와 비교할 수 없게 됩니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Move them all the same</source>
        <translation>그래도 옮기기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::tiles::ImageGrid</name>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Image %1</source>
        <translation>이미지 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s), %1 selected</source>
        <translation>
            <numerusform>이미지 %n개, %1개 선택</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, a group of %n image(s)</source>
        <translation>
            <numerusform>%1, 이미지 %n개의 그룹</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::tiles::ImageList</name>
    <message>
        <source>List of images</source>
        <translation>이미지 목록</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>열</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s), %1 selected</source>
        <translation>
            <numerusform>이미지 %Ln개, %1개 선택</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::tiles::ImagePages</name>
    <message>
        <source>Read images</source>
        <translation>이미지 읽기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::tiles::ImageTable</name>
    <message>
        <source>Picture</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>선명도</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>추가됨</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::tiles::ObjectItems</name>
    <message>
        <source>Read objects</source>
        <translation>객체 읽기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::tiles::TilePopup</name>
    <message>
        <source>How the tiles look</source>
        <translation>타일 표시 방식</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>타일</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Number of objects</source>
        <translation>객체 수</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>픽셀 크기</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>선명도</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>오버레이</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>캡션</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>이미지 크기</translation>
    </message>
    <message>
        <source>Overlay opacity</source>
        <translation>오버레이 불투명도</translation>
    </message>
    <message>
        <source>What the captions say</source>
        <translation>캡션에 표시할 내용</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::LineageView</name>
    <message numerus="yes">
        <source>%Ln card(s)</source>
        <translation>
            <numerusform>카드 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Lineage</source>
        <translation>계보</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::MergeSheet</name>
    <message>
        <source>deleted</source>
        <translation>삭제됨</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>version: what it has</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>before</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Another split on each side</source>
        <translation>양쪽의 분할이 서로 다름</translation>
    </message>
    <message>
        <source>new on both sides</source>
        <translation>양쪽에서 새로 생김</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>병합</translation>
    </message>
    <message>
        <source>Merge two versions</source>
        <translation>두 버전 병합</translation>
    </message>
    <message>
        <source>Their nearest common ancestor</source>
        <translation>가장 가까운 공통 조상</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>받는 버전</translation>
    </message>
    <message>
        <source>Merge in</source>
        <translation>합칠 버전</translation>
    </message>
    <message>
        <source>Who wins the conflicts</source>
        <translation>충돌에서 택할 쪽</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>충돌</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>정하지 않음</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>%1 유지</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>%1 선택</translation>
    </message>
    <message>
        <source>Merge %1 into %2</source>
        <translation>%1 → %2 병합</translation>
    </message>
    <message>
        <source>These two have no common ancestor. Choose the version to compare both with.</source>
        <translation>두 버전에 공통 조상이 없습니다. 둘을 비교할 기준 버전을 고르세요.</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>충돌 없음</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s): both changed the same thing since %1</source>
        <translation>
            <numerusform>충돌 %Ln개: %1 이후 양쪽이 같은 것을 바꿈</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) will change; nothing is deleted, and it can be undone.</source>
        <translation>
            <numerusform>이미지 %Ln장이 바뀝니다. 삭제되는 것은 없으며 실행 취소할 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Decide who wins the conflicts, or change one side and freeze it again; nothing is merged until then.</source>
        <translation>충돌에서 어느 쪽을 택할지 정하거나 한쪽을 고쳐 다시 고정하세요. 그때까지는 병합되지 않습니다.</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>기준</translation>
    </message>
    <message>
        <source>Choose two versions.</source>
        <translation>서로 다른 두 버전을 고르세요.</translation>
    </message>
    <message>
        <source>No image changes; the next snapshot will descend from both.</source>
        <translation>바뀌는 이미지가 없습니다. 다음 스냅샷은 두 버전을 이어받습니다.</translation>
    </message>
    <message>
        <source>class now %1</source>
        <translation>클래스를 %1(으)로</translation>
    </message>
    <message>
        <source>redrawn as %1</source>
        <translation>%1(으)로 다시 그림</translation>
    </message>
    <message>
        <source>other attributes</source>
        <translation>속성 변경</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>이동</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::PairList</name>
    <message>
        <source>Not in %1</source>
        <translation>%1에 없음</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::PairModel</name>
    <message>
        <source>Image %1</source>
        <translation>이미지 %1</translation>
    </message>
    <message>
        <source>Read images</source>
        <translation>이미지 읽기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::RestoreSheet</name>
    <message>
        <source>Start a branch</source>
        <translation>브랜치 시작</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>복원</translation>
    </message>
    <message>
        <source>of the snapshots that follow</source>
        <translation>다음 스냅샷부터 쓸 이름</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>브랜치</translation>
    </message>
    <message>
        <source>Start a branch at %1</source>
        <translation>%1에서 브랜치 시작</translation>
    </message>
    <message>
        <source>Restore %1</source>
        <translation>%1 복원</translation>
    </message>
    <message>
        <source>Start the branch</source>
        <translation>브랜치 시작</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::VersionCompare</name>
    <message>
        <source>Numbers and images</source>
        <translation>수치와 이미지</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>수치</translation>
    </message>
    <message>
        <source>Compare %1 and %2</source>
        <translation>%1, %2 비교</translation>
    </message>
    <message>
        <source>The first %1 of %2 images are listed; the numbers are of all.</source>
        <translation>이미지 %2장 중 앞의 %1장을 보여 줍니다. 수치는 전체 기준입니다.</translation>
    </message>
    <message>
        <source>%1: %2 added, %3 removed, %4 changed</source>
        <translation>%1: 추가 %2, 삭제 %3, 변경 %4</translation>
    </message>
    <message>
        <source>%1, trained on %2, %3</source>
        <translation>%1, %2(으)로 학습, %3</translation>
    </message>
    <message>
        <source>No run was trained on either</source>
        <translation>두 버전으로 학습한 실행이 없습니다</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>비교하는 중</translation>
    </message>
    <message>
        <source>Nothing to compare</source>
        <translation>비교할 것이 없습니다</translation>
    </message>
    <message>
        <source>Images, splits and shapes of both.</source>
        <translation>두 버전의 이미지, 분할, 도형을 비교합니다.</translation>
    </message>
    <message>
        <source>Choose two versions above, or in the tree with Ctrl.</source>
        <translation>위에서 두 버전을 고르거나 트리에서 Ctrl을 누르고 고르세요.</translation>
    </message>
    <message>
        <source>No image differs</source>
        <translation>다른 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Both versions hold the same images, labels and splits.</source>
        <translation>두 버전의 이미지, 라벨, 분할이 같습니다.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>to</source>
        <translation>이후</translation>
    </message>
    <message>
        <source>Swap the two</source>
        <translation>둘을 맞바꾸기</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>클래스별</translation>
    </message>
    <message>
        <source>Runs trained on them</source>
        <translation>두 버전의 학습 실행</translation>
    </message>
    <message>
        <source>Differences by kind</source>
        <translation>종류별 차이</translation>
    </message>
    <message>
        <source>Differences by class</source>
        <translation>클래스별 차이</translation>
    </message>
    <message>
        <source>Runs of both versions</source>
        <translation>두 버전의 학습 실행 목록</translation>
    </message>
    <message>
        <source>Compare the runs</source>
        <translation>학습 실행 비교</translation>
    </message>
    <message>
        <source>Images that differ</source>
        <translation>서로 다른 이미지</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>now</source>
        <translation>현재</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::VersionDetails</name>
    <message>
        <source>Take off the tag %1</source>
        <translation>태그 %1 떼기</translation>
    </message>
    <message>
        <source>The present descends from it</source>
        <translation>현재 상태가 이어받은 버전</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>부모 %1</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>작성자 %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>images, annotations</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>No run was trained on it yet</source>
        <translation>아직 이 버전으로 학습한 실행이 없습니다</translation>
    </message>
    <message>
        <source>Save what is said of the version</source>
        <translation>버전 설명 저장</translation>
    </message>
    <message>
        <source>The chosen version</source>
        <translation>선택한 버전</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Splits</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>다이제스트</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>브랜치</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Test set</source>
        <translation>테스트 세트</translation>
    </message>
    <message>
        <source>What is in it and why it was taken</source>
        <translation>무엇이 들어 있고 왜 만들었는지</translation>
    </message>
    <message>
        <source>Note of the version</source>
        <translation>버전의 메모</translation>
    </message>
    <message>
        <source>Branch of the version</source>
        <translation>버전의 브랜치</translation>
    </message>
    <message>
        <source>Add a tag to the version</source>
        <translation>버전에 태그 달기</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>태그 추가</translation>
    </message>
    <message>
        <source>Frozen: who moves or relabels its test images is warned</source>
        <translation>고정: 테스트 이미지를 옮기거나 라벨을 바꾸면 경고합니다</translation>
    </message>
    <message>
        <source>Runs and models</source>
        <translation>학습 실행과 모델</translation>
    </message>
    <message>
        <source>Runs trained on the version</source>
        <translation>이 버전의 학습 실행</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::VersionModel</name>
    <message>
        <source>the present descends from it</source>
        <translation>현재 상태가 이어받은 버전</translation>
    </message>
    <message>
        <source>branch %1</source>
        <translation>브랜치 %1</translation>
    </message>
    <message>
        <source>tag %1</source>
        <translation>태그 %1</translation>
    </message>
    <message>
        <source>test set frozen</source>
        <translation>테스트 세트 고정</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>부모 %1</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>작성자 %1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::VersionSheet</name>
    <message>
        <source>What changes</source>
        <translation>바뀌는 것</translation>
    </message>
    <message>
        <source>Change the frozen test images too</source>
        <translation>고정된 테스트 이미지도 바꾸기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Looking what would change …</source>
        <translation>무엇이 바뀌는지 확인하는 중 …</translation>
    </message>
    <message>
        <source>Rehearse: %1</source>
        <translation>미리 확인: %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) will change; nothing is deleted, and it can be undone.</source>
        <translation>
            <numerusform>이미지 %Ln장이 바뀝니다. 삭제되는 것은 없으며 실행 취소할 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The images are as in this version already; the next snapshot will descend from it.</source>
        <translation>이미지가 이미 이 버전과 같습니다. 다음 스냅샷은 이 버전을 이어받습니다.</translation>
    </message>
    <message>
        <source>Images that change</source>
        <translation>바뀌는 이미지</translation>
    </message>
    <message>
        <source>Of them to another split</source>
        <translation>그중 분할이 바뀌는 이미지</translation>
    </message>
    <message>
        <source>Images that stay as they are</source>
        <translation>그대로인 이미지</translation>
    </message>
    <message>
        <source>Images that the version doesn&apos;t have: they stay too</source>
        <translation>버전에 없어 그대로 두는 이미지</translation>
    </message>
    <message>
        <source>Frozen test images change: figures measured on them before can&apos;t be compared with new ones.</source>
        <translation>고정된 테스트 이미지가 바뀝니다. 이전에 잰 수치를 새 수치와 비교할 수 없게 됩니다.</translation>
    </message>
    <message>
        <source>Frozen test images differ and are left as they are: %1.</source>
        <translation>고정된 테스트 이미지가 다르지만 그대로 둡니다: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) changed since %1 was taken. Freeze a snapshot first to keep that as a version.</source>
        <translation>
            <numerusform>%1 이후 이미지 %Ln장이 바뀌었습니다. 버전으로 남기려면 먼저 스냅샷을 고정하세요.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::VersionTree</name>
    <message>
        <source>here</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>버전</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::browser::versions::VersionsPage</name>
    <message>
        <source>Restore…</source>
        <translation>복원…</translation>
    </message>
    <message>
        <source>Compare versions</source>
        <translation>버전 비교</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>병합…</translation>
    </message>
    <message>
        <source>Start a branch here…</source>
        <translation>여기서 브랜치 시작…</translation>
    </message>
    <message>
        <source>Train on it</source>
        <translation>이 버전으로 학습</translation>
    </message>
    <message>
        <source>Show its images</source>
        <translation>이미지 보기</translation>
    </message>
    <message>
        <source>Save the data card…</source>
        <translation>데이터 카드 저장…</translation>
    </message>
    <message>
        <source>Details of the version</source>
        <translation>버전 상세</translation>
    </message>
    <message>
        <source>Lineage</source>
        <translation>계보</translation>
    </message>
    <message>
        <source>Save the lineage as a picture…</source>
        <translation>계보를 그림으로 저장…</translation>
    </message>
    <message>
        <source>Versions and the chosen one</source>
        <translation>버전 목록과 선택한 버전</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>View of the versions</source>
        <translation>버전 보기</translation>
    </message>
    <message>
        <source>How to look at the versions</source>
        <translation>버전을 보는 방식</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>상세</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Read the versions</source>
        <translation>버전 읽기</translation>
    </message>
    <message>
        <source>Look what changed since the last version</source>
        <translation>마지막 버전 이후 변경 확인</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) changed since %1</source>
        <translation>
            <numerusform>%1 이후 이미지 %Ln장 변경</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) not in it</source>
        <translation>
            <numerusform>버전에 없는 이미지 %Ln장</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing changed since %1</source>
        <translation>%1 이후 바뀐 것 없음</translation>
    </message>
    <message>
        <source>No workspace is open</source>
        <translation>열린 작업 공간이 없습니다</translation>
    </message>
    <message>
        <source>Open one to see its versions.</source>
        <translation>작업 공간을 열면 버전이 보입니다.</translation>
    </message>
    <message>
        <source>Reading the versions</source>
        <translation>버전을 읽는 중</translation>
    </message>
    <message>
        <source>No versions yet</source>
        <translation>아직 버전이 없습니다</translation>
    </message>
    <message>
        <source>A snapshot keeps images, labels and splits as they are now: to train on, to compare, to come back to.</source>
        <translation>스냅샷은 지금의 이미지, 라벨, 분할을 그대로 남깁니다. 학습하고, 비교하고, 되돌아올 수 있습니다.</translation>
    </message>
    <message>
        <source>Nothing was merged: there are conflicts.</source>
        <translation>충돌이 있어 병합하지 않았습니다.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what was done: 3 images changed</comment>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) changed</source>
        <translation>
            <numerusform>이미지 %Ln장 변경</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln annotation(s) changed since and stay as they are.</source>
        <translation>
            <numerusform>그 뒤에 바뀐 주석 %Ln개는 그대로 둡니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Name the branch</source>
        <translation>브랜치 이름 붙이기</translation>
    </message>
    <message>
        <source>The next snapshot begins the branch %1.</source>
        <translation>다음 스냅샷부터 브랜치 %1입니다.</translation>
    </message>
    <message>
        <source>Not after all</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Save the data card</source>
        <translation>데이터 카드 저장</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Write the data card of %1</source>
        <translation>%1의 데이터 카드 쓰기</translation>
    </message>
    <message>
        <source>The data card is in %1.</source>
        <translation>데이터 카드를 %1에 저장했습니다.</translation>
    </message>
    <message>
        <source>Save the lineage as a picture</source>
        <translation>계보를 그림으로 저장</translation>
    </message>
    <message>
        <source>Pictures (*.svg *.png)</source>
        <translation>그림 (*.svg *.png)</translation>
    </message>
    <message>
        <source>The picture is in %1.</source>
        <translation>그림을 %1에 저장했습니다.</translation>
    </message>
    <message>
        <source>Compare with the present</source>
        <translation>현재와 비교</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::AssistTool</name>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Kind of the result</source>
        <translation>결과의 종류</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>다각형</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>박스</translation>
    </message>
    <message>
        <source>Assist</source>
        <translation>보조</translation>
    </message>
    <message>
        <source>There is no picture to look at.</source>
        <translation>볼 사진이 없습니다.</translation>
    </message>
    <message>
        <source>refining</source>
        <translation>다듬는 중</translation>
    </message>
    <message>
        <source>Enter takes it</source>
        <translation>Enter로 확정</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::AttributeForm</name>
    <message>
        <source>Different values</source>
        <translation>값이 서로 다름</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::AttributeRow</name>
    <message>
        <source>Remove the attribute</source>
        <translation>속성 제거</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>선택지</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>체크</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Name of the attribute</source>
        <translation>속성 이름</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Type of the attribute</source>
        <translation>속성 유형</translation>
    </message>
    <message>
        <source>Choices, with commas between</source>
        <translation>선택지, 쉼표로 구분</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>선택지</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>최소</translation>
    </message>
    <message>
        <source>Least value</source>
        <translation>최솟값</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>Greatest value</source>
        <translation>최댓값</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>필수</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::AttributeTable</name>
    <message>
        <source>Add attribute</source>
        <translation>속성 추가</translation>
    </message>
    <message>
        <source>attribute %1</source>
        <translation>속성 %1</translation>
    </message>
    <message>
        <source>What a new shape gets</source>
        <translation>새 도형이 받는 값</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ClassForm</name>
    <message>
        <source>Add good example</source>
        <translation>좋은 예 추가</translation>
    </message>
    <message>
        <source>Add bad example</source>
        <translation>나쁜 예 추가</translation>
    </message>
    <message>
        <source>Colour of %1</source>
        <translation>%1의 색</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>색</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>상위</translation>
    </message>
    <message>
        <source>Name of the class</source>
        <translation>클래스 이름</translation>
    </message>
    <message>
        <source>Choose the colour</source>
        <translation>색 선택</translation>
    </message>
    <message>
        <source>Colour as #rrggbb</source>
        <translation>#rrggbb 형식의 색</translation>
    </message>
    <message>
        <source>Key that chooses the class</source>
        <translation>클래스를 고르는 키</translation>
    </message>
    <message>
        <source>Parent of the class</source>
        <translation>클래스의 상위</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Rule of the class</source>
        <translation>클래스 규칙</translation>
    </message>
    <message>
        <source>How this class is labelled; Markdown</source>
        <translation>이 클래스를 라벨링하는 방법, Markdown</translation>
    </message>
    <message>
        <source>Cut from the shape that is selected in the canvas, else from the whole image. A click on an example removes it.</source>
        <translation>캔버스에서 선택한 도형에서 잘라냅니다. 없으면 이미지 전체입니다. 예를 클릭하면 제거됩니다.</translation>
    </message>
    <message>
        <source>Shapes that may be drawn</source>
        <translation>그릴 수 있는 도형</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>속성</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>Skeleton</source>
        <translation>스켈레톤</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ClassModel</name>
    <message>
        <source>%1 in this image, %2 in the set</source>
        <translation>이 이미지에 %1개, 전체에 %2개</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ClassPicker</name>
    <message>
        <source>Class picker</source>
        <translation>클래스 선택기</translation>
    </message>
    <message>
        <source>First letters of the class</source>
        <translation>클래스의 첫 글자</translation>
    </message>
    <message>
        <source>Classes that fit</source>
        <translation>일치하는 클래스</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ClassesPanel</name>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Add class</source>
        <translation>클래스 추가</translation>
    </message>
    <message>
        <source>Class list</source>
        <translation>클래스 목록</translation>
    </message>
    <message>
        <source>Name of the class, Enter adds it</source>
        <translation>클래스 이름, Enter로 추가</translation>
    </message>
    <message>
        <source>Name of the new class</source>
        <translation>새 클래스 이름</translation>
    </message>
    <message>
        <source>Label schema</source>
        <translation>라벨 스키마</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::CommentModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>해결됨</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>답글 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::CommentPin</name>
    <message>
        <source>Comment by %1: %2</source>
        <translation>%1의 댓글: %2</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>해결됨</translation>
    </message>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation>
            <numerusform>댓글 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::CommentPopup</name>
    <message>
        <source>Comment</source>
        <translation>댓글</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>나눈 말</translation>
    </message>
    <message>
        <source>Text of the comment</source>
        <translation>댓글 내용</translation>
    </message>
    <message>
        <source>Comment, Ctrl+Enter sends</source>
        <translation>댓글, Ctrl+Enter로 보내기</translation>
    </message>
    <message>
        <source>Remove the comment with its answers</source>
        <translation>댓글과 답글 모두 제거</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>답글</translation>
    </message>
    <message>
        <source>New comment</source>
        <translation>새 댓글</translation>
    </message>
    <message>
        <source>Resolved by %1</source>
        <translation>%1이(가) 해결함</translation>
    </message>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation>
            <numerusform>댓글 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>다시 열기</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>해결</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::Comments</name>
    <message>
        <source>Read comments</source>
        <translation>댓글 읽기</translation>
    </message>
    <message>
        <source>Add comment</source>
        <translation>댓글 추가</translation>
    </message>
    <message>
        <source>Settle comment</source>
        <translation>댓글 해결</translation>
    </message>
    <message>
        <source>Change comment</source>
        <translation>댓글 변경</translation>
    </message>
    <message>
        <source>Remove comment</source>
        <translation>댓글 제거</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::CommentsPanel</name>
    <message>
        <source>Show the comments of the image</source>
        <translation>이미지의 댓글 보기</translation>
    </message>
    <message>
        <source>Comment on the selected shape or the image</source>
        <translation>선택한 도형 또는 이미지에 댓글 달기</translation>
    </message>
    <message>
        <source>Next comment</source>
        <translation>다음 댓글</translation>
    </message>
    <message>
        <source>Previous comment</source>
        <translation>이전 댓글</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>댓글</translation>
    </message>
    <message>
        <source>Comments of the image</source>
        <translation>이미지의 댓글</translation>
    </message>
    <message>
        <source>No open comments. N and a click on the canvas adds one.</source>
        <translation>열린 댓글이 없습니다. N을 누르고 캔버스를 클릭하면 추가됩니다.</translation>
    </message>
    <message>
        <source>Show resolved comments too</source>
        <translation>해결된 댓글도 보기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::DifferenceModel</name>
    <message>
        <source>deleted since</source>
        <translation>이후 삭제됨</translation>
    </message>
    <message>
        <source>drawn since</source>
        <translation>이후 그려짐</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>이전: %1</translation>
    </message>
    <message>
        <source>flags or attributes</source>
        <translation>플래그 또는 속성</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::DisplayPopup</name>
    <message>
        <source>Histogram</source>
        <translation>히스토그램</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>도형</translation>
    </message>
    <message>
        <source>Black at</source>
        <translation>검정 기준</translation>
    </message>
    <message>
        <source>White at</source>
        <translation>하양 기준</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>감마</translation>
    </message>
    <message>
        <source>Equalise</source>
        <translation>평활화</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>채우기</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>색 기준</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>끄기</translation>
    </message>
    <message>
        <source>Global</source>
        <translation>전역</translation>
    </message>
    <message>
        <source>Local (CLAHE)</source>
        <translation>지역 (CLAHE)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>빨강</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>초록</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>파랑</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Outlines only</source>
        <translation>윤곽선만</translation>
    </message>
    <message>
        <source>All areas</source>
        <translation>모든 영역</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>작성자</translation>
    </message>
    <message>
        <source>Histogram equalisation</source>
        <translation>히스토그램 평활화</translation>
    </message>
    <message>
        <source>Channels shown</source>
        <translation>표시할 채널</translation>
    </message>
    <message>
        <source>Which shapes are filled</source>
        <translation>채울 도형</translation>
    </message>
    <message>
        <source>What decides the colour of a shape</source>
        <translation>도형의 색을 정하는 것</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>반전</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::Document</name>
    <message>
        <source>Pack shapes</source>
        <translation>도형 정리</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Read labels</source>
        <translation>라벨 읽기</translation>
    </message>
    <message>
        <source>%1 may be drawn as %2, not as %3.</source>
        <translation>%1은(는) %2(으)로 그릴 수 있고 %3(으)로는 그릴 수 없습니다.</translation>
    </message>
    <message>
        <source>Read %1</source>
        <translation>%1 읽기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ExampleStrip</name>
    <message>
        <source>Read an example</source>
        <translation>예 읽기</translation>
    </message>
    <message>
        <source>Good example</source>
        <translation>좋은 예</translation>
    </message>
    <message>
        <source>Bad example</source>
        <translation>나쁜 예</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::FilmStrip</name>
    <message>
        <source>%1 done</source>
        <translation>%1개 완료</translation>
    </message>
    <message>
        <source>%1 per image</source>
        <translation>이미지당 %1</translation>
    </message>
    <message>
        <source>Film strip</source>
        <translation>필름 스트립</translation>
    </message>
    <message>
        <source>Images of the set</source>
        <translation>세트의 이미지</translation>
    </message>
    <message>
        <source>Done images</source>
        <translation>완료한 이미지</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>모든 이미지</translation>
    </message>
    <message>
        <source>With open comments</source>
        <translation>열린 댓글 있음</translation>
    </message>
    <message>
        <source>With suggestions</source>
        <translation>제안 있음</translation>
    </message>
    <message>
        <source>Show images by state</source>
        <translation>상태별로 이미지 보기</translation>
    </message>
    <message>
        <source>Shown: %1</source>
        <translation>표시: %1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::GhostTool</name>
    <message>
        <source>Assist</source>
        <translation>보조</translation>
    </message>
    <message>
        <source>Nothing found. Escape goes back.</source>
        <translation>찾은 것이 없습니다. Esc로 돌아갑니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n shape(s) found. Enter takes them, a click leaves one out, Escape drops them.</source>
        <translation>
            <numerusform>도형 %n개를 찾았습니다. Enter로 확정, 클릭하면 제외, Esc로 버립니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::GrabCutTool</name>
    <message>
        <source>Stroke</source>
        <translation>획</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::Histogram</name>
    <message>
        <source>Histogram</source>
        <translation>히스토그램</translation>
    </message>
    <message>
        <source>Values %1 to %2, shown from %3 to %4</source>
        <translation>값 %1~%2, 표시 범위 %3~%4</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::History</name>
    <message>
        <source>Draw box</source>
        <translation>박스 그리기</translation>
    </message>
    <message>
        <source>Draw polygon</source>
        <translation>다각형 그리기</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Nudge</source>
        <translation>미세 이동</translation>
    </message>
    <message>
        <source>Resize</source>
        <translation>크기 조절</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>복제</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Change class</source>
        <translation>클래스 변경</translation>
    </message>
    <message>
        <source>Label image</source>
        <translation>이미지 라벨</translation>
    </message>
    <message>
        <source>Remove image label</source>
        <translation>이미지 라벨 제거</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>잠금</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>잠금 해제</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>숨기기</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보이기</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보이기</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>순서 변경</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>되돌아가기</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>복원</translation>
    </message>
    <message>
        <source>Accept suggestion</source>
        <translation>제안 수락</translation>
    </message>
    <message>
        <source>Accept suggestions</source>
        <translation>제안 모두 수락</translation>
    </message>
    <message>
        <source>Place by numbers</source>
        <translation>숫자로 배치</translation>
    </message>
    <message>
        <source>Insert vertex</source>
        <translation>꼭짓점 추가</translation>
    </message>
    <message>
        <source>Delete vertex</source>
        <translation>꼭짓점 삭제</translation>
    </message>
    <message>
        <source>Delete vertices</source>
        <translation>여러 꼭짓점 삭제</translation>
    </message>
    <message>
        <source>Add part</source>
        <translation>부분 추가</translation>
    </message>
    <message>
        <source>Continue line</source>
        <translation>선 이어 그리기</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>칠하기</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>회전</translation>
    </message>
    <message>
        <source>Rotated box</source>
        <translation>회전 박스</translation>
    </message>
    <message>
        <source>Label joints</source>
        <translation>관절 라벨</translation>
    </message>
    <message>
        <source>Joint visibility</source>
        <translation>관절 표시 상태</translation>
    </message>
    <message>
        <source>Repeat shapes</source>
        <translation>도형 반복</translation>
    </message>
    <message>
        <source>Set flag</source>
        <translation>플래그 설정</translation>
    </message>
    <message>
        <source>Set attribute</source>
        <translation>속성 설정</translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation>마술봉</translation>
    </message>
    <message>
        <source>Intelligent scissors</source>
        <translation>지능형 가위</translation>
    </message>
    <message>
        <source>GrabCut</source>
        <translation>GrabCut</translation>
    </message>
    <message>
        <source>Extreme points</source>
        <translation>극점</translation>
    </message>
    <message>
        <source>Superpixels</source>
        <translation>슈퍼픽셀</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>비슷한 것 찾기</translation>
    </message>
    <message>
        <source>Separate</source>
        <translation>분리</translation>
    </message>
    <message>
        <source>Interpolate</source>
        <translation>보간</translation>
    </message>
    <message>
        <source>Carry from the image before</source>
        <translation>앞 이미지에서 가져오기</translation>
    </message>
    <message>
        <source>Unite</source>
        <translation>합집합</translation>
    </message>
    <message>
        <source>Subtract</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Intersect</source>
        <translation>교집합</translation>
    </message>
    <message>
        <source>Split into parts</source>
        <translation>부분으로 나누기</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>자르기</translation>
    </message>
    <message>
        <source>Grow or shrink</source>
        <translation>키우기 또는 줄이기</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>매끄럽게</translation>
    </message>
    <message>
        <source>Simplify</source>
        <translation>단순화</translation>
    </message>
    <message>
        <source>Fill holes</source>
        <translation>구멍 메우기</translation>
    </message>
    <message>
        <source>Drop specks</source>
        <translation>티끌 제거</translation>
    </message>
    <message>
        <source>Keep inside</source>
        <translation>안에 유지</translation>
    </message>
    <message>
        <source>Align to pixels</source>
        <translation>픽셀에 맞추기</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>변환</translation>
    </message>
    <message>
        <source>Bring to front</source>
        <translation>맨 앞으로</translation>
    </message>
    <message>
        <source>Bring forward</source>
        <translation>앞으로</translation>
    </message>
    <message>
        <source>Send backward</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Send to back</source>
        <translation>맨 뒤로</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>그룹 해제</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::HistoryModel</name>
    <message>
        <source>Undo: %1</source>
        <translation>실행 취소: %1</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>다시 실행: %1</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>아무도 아님</translation>
    </message>
    <message numerus="yes">
        <source>%n shape(s), %1</source>
        <translation>
            <numerusform>도형 %n개, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 by %2, %3</source>
        <translation>%2의 %1, %3</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::HistoryPanel</name>
    <message>
        <source>Show the history of the image</source>
        <translation>이미지의 기록 보기</translation>
    </message>
    <message>
        <source>One step into the past</source>
        <translation>과거로 한 단계</translation>
    </message>
    <message>
        <source>One step towards now</source>
        <translation>현재 쪽으로 한 단계</translation>
    </message>
    <message>
        <source>Leave the past</source>
        <translation>과거에서 나가기</translation>
    </message>
    <message>
        <source>Go back to here</source>
        <translation>여기로 되돌아가기</translation>
    </message>
    <message>
        <source>Restore these shapes</source>
        <translation>이 도형 복원</translation>
    </message>
    <message>
        <source>Read the history</source>
        <translation>기록 읽기</translation>
    </message>
    <message>
        <source>Go into the past</source>
        <translation>과거로 가기</translation>
    </message>
    <message>
        <source>History</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>History of the image</source>
        <translation>이미지의 기록</translation>
    </message>
    <message>
        <source>Shapes that differ from now</source>
        <translation>지금과 다른 도형</translation>
    </message>
    <message>
        <source>Nothing was done to this image yet.</source>
        <translation>이 이미지에는 아직 작업이 없습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ImageSet</name>
    <message>
        <source>Read images</source>
        <translation>이미지 읽기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::LabelMode</name>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>건너뛰기</translation>
    </message>
    <message>
        <source>Done and next</source>
        <translation>완료 후 다음</translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation>이전 이미지</translation>
    </message>
    <message>
        <source>Next image</source>
        <translation>다음 이미지</translation>
    </message>
    <message>
        <source>Fit the image</source>
        <translation>이미지 맞추기</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>실제 크기</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Delete shapes</source>
        <translation>도형 삭제</translation>
    </message>
    <message>
        <source>Duplicate shapes</source>
        <translation>도형 복제</translation>
    </message>
    <message>
        <source>Copy shapes</source>
        <translation>도형 복사</translation>
    </message>
    <message>
        <source>Paste shapes</source>
        <translation>도형 붙여넣기</translation>
    </message>
    <message>
        <source>Select all shapes</source>
        <translation>모든 도형 선택</translation>
    </message>
    <message>
        <source>Lock or unlock shapes</source>
        <translation>도형 잠금/해제</translation>
    </message>
    <message>
        <source>Hide or show shapes</source>
        <translation>도형 숨기기/보이기</translation>
    </message>
    <message>
        <source>Show all hidden shapes</source>
        <translation>숨긴 도형 모두 보이기</translation>
    </message>
    <message>
        <source>Add class</source>
        <translation>클래스 추가</translation>
    </message>
    <message>
        <source>Import images</source>
        <translation>이미지 가져오기</translation>
    </message>
    <message>
        <source>Open a workspace</source>
        <translation>작업 공간 열기</translation>
    </message>
    <message>
        <source>Class %1</source>
        <translation>클래스 %1</translation>
    </message>
    <message>
        <source>Whole image is %1</source>
        <translation>이미지 전체를 %1로 지정</translation>
    </message>
    <message>
        <source>Read the set</source>
        <translation>세트 읽기</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Open image</source>
        <translation>이미지 열기</translation>
    </message>
    <message>
        <source>The picture can&apos;t be shown: %1</source>
        <translation>이미지를 표시할 수 없습니다: %1</translation>
    </message>
    <message>
        <source>Read ahead</source>
        <translation>미리 읽기</translation>
    </message>
    <message numerus="yes">
        <source>All %n image(s) of this set are done.</source>
        <translation>
            <numerusform>이 세트의 이미지 %n개를 모두 완료했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in Browse</source>
        <translation>탐색에서 보기</translation>
    </message>
    <message>
        <source>Set state</source>
        <translation>상태 지정</translation>
    </message>
    <message>
        <source>No workspace is open</source>
        <translation>열린 작업 공간이 없습니다</translation>
    </message>
    <message>
        <source>Open or make one to label its images.</source>
        <translation>작업 공간을 열거나 만들어 이미지를 라벨링하세요.</translation>
    </message>
    <message>
        <source>No image matches</source>
        <translation>일치하는 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Nothing matches “%1”.</source>
        <translation>“%1”과 일치하는 것이 없습니다.</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>아직 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Drop a folder on the window, or import one.</source>
        <translation>폴더를 창에 놓거나 가져오세요.</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>모든 이미지</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) in the journal</source>
        <translation>
            <numerusform>편집 기록 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>저장되지 않음: %1</translation>
    </message>
    <message>
        <source>Show what is saved</source>
        <translation>저장된 내용 보기</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>캔버스</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>라벨링</translation>
    </message>
    <message>
        <source>There is no class to draw with.</source>
        <translation>그릴 때 쓸 클래스가 없습니다.</translation>
    </message>
    <message>
        <source>Repeat the last image&apos;s shapes</source>
        <translation>앞 이미지의 도형 반복</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>비슷한 것 찾기</translation>
    </message>
    <message>
        <source>Separate touching objects</source>
        <translation>붙은 객체 분리</translation>
    </message>
    <message>
        <source>Interpolate between labelled images</source>
        <translation>라벨된 이미지 사이 보간</translation>
    </message>
    <message>
        <source>Carry shapes to the next image</source>
        <translation>도형을 다음 이미지로 옮기기</translation>
    </message>
    <message>
        <source>Likeness</source>
        <translation>유사도</translation>
    </message>
    <message>
        <source>Select a polygon or a mask whose objects touch.</source>
        <translation>객체가 맞닿은 다각형이나 마스크를 선택하세요.</translation>
    </message>
    <message>
        <source>Waist</source>
        <translation>잘록한 정도</translation>
    </message>
    <message>
        <source>There is no next image to carry shapes to.</source>
        <translation>도형을 옮길 다음 이미지가 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>None of %n shape(s) could be followed to the next image.</source>
        <translation>
            <numerusform>도형 %n개 중 다음 이미지로 따라간 것이 없습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>신뢰도</translation>
    </message>
    <message>
        <source>Choose the class by its first letters</source>
        <translation>첫 글자로 클래스 선택</translation>
    </message>
    <message>
        <source>The class before this one</source>
        <translation>직전 클래스</translation>
    </message>
    <message>
        <source>Pre-label the set with a run</source>
        <translation>실행으로 세트 사전 라벨링</translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) refused</source>
        <translation>
            <numerusform>제안 %n개를 거절했습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Rejected: %1</source>
        <translation>반려됨: %1</translation>
    </message>
    <message>
        <source>Work on it</source>
        <translation>작업하기</translation>
    </message>
    <message>
        <source>Keep the time</source>
        <translation>시간 저장</translation>
    </message>
    <message numerus="yes">
        <source>%1 suggests %n label(s).</source>
        <translation>
            <numerusform>%1이(가) 라벨 %n개를 제안합니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be predicted: %1</source>
        <translation>
            <numerusform>이미지 %n개를 예측하지 못했습니다: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Label schema</source>
        <translation>라벨 스키마</translation>
    </message>
    <message>
        <source>Show or hide the rule of the class</source>
        <translation>클래스 규칙 보이기 또는 숨기기</translation>
    </message>
    <message>
        <source>Read the schema</source>
        <translation>스키마 읽기</translation>
    </message>
    <message>
        <source>Read the picture</source>
        <translation>사진 읽기</translation>
    </message>
    <message>
        <source>Contrast and display</source>
        <translation>대비와 표시</translation>
    </message>
    <message>
        <source>Invert the picture</source>
        <translation>사진 반전</translation>
    </message>
    <message>
        <source>Equalise the picture: off, global, local</source>
        <translation>사진 평활화: 끔, 전역, 지역</translation>
    </message>
    <message>
        <source>Next channel: all, red, green, blue</source>
        <translation>다음 채널: 전체, 빨강, 초록, 파랑</translation>
    </message>
    <message>
        <source>Lift the dark</source>
        <translation>어두운 부분 밝게</translation>
    </message>
    <message>
        <source>Press the dark</source>
        <translation>어두운 부분 어둡게</translation>
    </message>
    <message>
        <source>Show the picture as it is</source>
        <translation>사진을 원래대로 보기</translation>
    </message>
    <message>
        <source>Fill: masks, nothing, all areas</source>
        <translation>채우기: 마스크, 없음, 모든 영역</translation>
    </message>
    <message>
        <source>Colour by class, object, author</source>
        <translation>색 기준: 클래스, 객체, 작성자</translation>
    </message>
    <message>
        <source>Hide or show the overlay</source>
        <translation>오버레이 숨기기 또는 보이기</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>돋보기</translation>
    </message>
    <message>
        <source>Crosshair</source>
        <translation>십자선</translation>
    </message>
    <message>
        <source>Zoom to the selection</source>
        <translation>선택 영역으로 확대</translation>
    </message>
    <message>
        <source>Next way of the tool</source>
        <translation>도구의 다음 방식</translation>
    </message>
    <message>
        <source>Snap to vertices and edges</source>
        <translation>꼭짓점과 변에 맞추기</translation>
    </message>
    <message>
        <source>Frame instead of points</source>
        <translation>점 대신 틀 보이기</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>붓 크게</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>붓 작게</translation>
    </message>
    <message>
        <source>Skip this joint</source>
        <translation>이 관절 건너뛰기</translation>
    </message>
    <message>
        <source>Joint visible, hidden, not labelled</source>
        <translation>관절: 보임, 가려짐, 라벨 없음</translation>
    </message>
    <message>
        <source>Select all of this class</source>
        <translation>이 클래스 모두 선택</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::Magnifier</name>
    <message>
        <source>Magnifier</source>
        <translation>돋보기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::Minimap</name>
    <message>
        <source>Overview</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>The whole image and the part in sight; a click goes there</source>
        <translation>전체 이미지와 보이는 부분입니다. 클릭하면 그곳으로 갑니다</translation>
    </message>
    <message>
        <source>Overview: click or drag to go there</source>
        <translation>전체 보기: 클릭하거나 끌어서 이동</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ObjectModel</name>
    <message>
        <source>whole image</source>
        <translation>이미지 전체</translation>
    </message>
    <message>
        <source>Crowd</source>
        <translation>군집</translation>
    </message>
    <message>
        <source>Occluded</source>
        <translation>가려짐</translation>
    </message>
    <message>
        <source>Truncated</source>
        <translation>잘림</translation>
    </message>
    <message>
        <source>Difficult</source>
        <translation>어려움</translation>
    </message>
    <message>
        <source>Group %1</source>
        <translation>그룹 %1</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>잠김</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>숨김</translation>
    </message>
    <message>
        <source>confidence %1</source>
        <translation>신뢰도 %1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ObjectsPanel</name>
    <message>
        <source>Crowd</source>
        <translation>군집</translation>
    </message>
    <message>
        <source>Occluded</source>
        <translation>가림</translation>
    </message>
    <message>
        <source>Truncated</source>
        <translation>잘림</translation>
    </message>
    <message>
        <source>Difficult</source>
        <translation>판별 어려움</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>Object list</source>
        <translation>객체 목록</translation>
    </message>
    <message>
        <source>Filter the objects</source>
        <translation>객체 필터</translation>
    </message>
    <message>
        <source>Sort the objects another way</source>
        <translation>객체를 다르게 정렬</translation>
    </message>
    <message>
        <source>Show only the selected shapes, or all again</source>
        <translation>선택한 도형만 보기 또는 모두 보기</translation>
    </message>
    <message>
        <source>Show only the listed shapes, or all again</source>
        <translation>목록의 도형만 보기 또는 모두 보기</translation>
    </message>
    <message>
        <source>Hide or show all listed shapes</source>
        <translation>목록의 도형 모두 숨기기 또는 보이기</translation>
    </message>
    <message>
        <source>Lock or unlock all listed shapes</source>
        <translation>목록의 도형 모두 잠금 또는 해제</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>플래그</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>잠김</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>숨김</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>작성자</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>가져옴</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>손으로</translation>
    </message>
    <message>
        <source>Of a model, unchanged</source>
        <translation>모델, 그대로</translation>
    </message>
    <message>
        <source>Of a model, corrected</source>
        <translation>모델, 수정됨</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보이기</translation>
    </message>
    <message>
        <source>Sort: %1</source>
        <translation>정렬: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n shape(s) set aside</source>
        <translation>
            <numerusform>도형 %n개를 제쳐 둠</numerusform>
        </translation>
    </message>
    <message>
        <source>Class, number, kind:box, flag:locked …</source>
        <translation>클래스, 번호, kind:box, flag:locked …</translation>
    </message>
    <message>
        <source>Filter of the objects</source>
        <translation>객체의 필터</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>정렬</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::OptionsBar</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Zoom %1</source>
        <translation>배율 %1</translation>
    </message>
    <message>
        <source>Tool options</source>
        <translation>도구 옵션</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Class of new shapes</source>
        <translation>새 도형의 클래스</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Keep inside image</source>
        <translation>이미지 안으로 제한</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>오버레이</translation>
    </message>
    <message>
        <source>Overlay opacity</source>
        <translation>오버레이 불투명도</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>실제 크기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::PrelabelPopup</name>
    <message>
        <source>Pre-label</source>
        <translation>사전 라벨링</translation>
    </message>
    <message numerus="yes">
        <source>Pre-label %n image(s)</source>
        <translation>
            <numerusform>이미지 %n개 사전 라벨링</numerusform>
        </translation>
    </message>
    <message>
        <source>No run has finished yet. Train one first.</source>
        <translation>끝난 실행이 없습니다. 먼저 하나를 학습하세요.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>The run whose predictions are suggested</source>
        <translation>예측을 제안할 실행</translation>
    </message>
    <message>
        <source>Confidence ≥</source>
        <translation>신뢰도 ≥</translation>
    </message>
    <message>
        <source>Least confidence to suggest</source>
        <translation>제안할 최소 신뢰도</translation>
    </message>
    <message>
        <source>Read the runs</source>
        <translation>실행 읽기</translation>
    </message>
    <message>
        <source>Pre-label with %1</source>
        <translation>%1(으)로 사전 라벨링</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ReasonPopup</name>
    <message>
        <source>Reason of the rejection</source>
        <translation>반려 사유</translation>
    </message>
    <message>
        <source>Why it is rejected, Enter rejects</source>
        <translation>반려하는 이유, Enter로 반려</translation>
    </message>
    <message>
        <source>Why it is rejected</source>
        <translation>반려하는 이유</translation>
    </message>
    <message>
        <source>Reasons given before</source>
        <translation>이전에 쓴 사유</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>반려</translation>
    </message>
    <message>
        <source>Reject %1</source>
        <translation>%1 반려</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ReviewStates</name>
    <message>
        <source>Reject</source>
        <translation>반려</translation>
    </message>
    <message>
        <source>Accept and next</source>
        <translation>승인하고 다음</translation>
    </message>
    <message>
        <source>Open the image again for work</source>
        <translation>작업을 위해 이미지 다시 열기</translation>
    </message>
    <message>
        <source>Read the profiles</source>
        <translation>프로필 읽기</translation>
    </message>
    <message>
        <source>%1 has no profile that reviews.</source>
        <translation>%1에게는 검토하는 프로필이 없습니다.</translation>
    </message>
    <message>
        <source>Read the reasons</source>
        <translation>사유 읽기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::RuleCard</name>
    <message>
        <source>Rule for %1</source>
        <translation>%1의 규칙</translation>
    </message>
    <message>
        <source>Text of the rule</source>
        <translation>규칙 내용</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SchemaEditor</name>
    <message>
        <source>Whole image</source>
        <translation>이미지 전체</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>Save class</source>
        <translation>클래스 저장</translation>
    </message>
    <message>
        <source>Save schema</source>
        <translation>스키마 저장</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>새 클래스</translation>
    </message>
    <message>
        <source>New class %1</source>
        <translation>새 클래스 %1</translation>
    </message>
    <message>
        <source>Add class</source>
        <translation>클래스 추가</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message numerus="yes">
        <source>%n shape(s) were changed since and stay as they are.</source>
        <translation>
            <numerusform>도형 %n개는 그 뒤에 바뀌어 그대로 둡니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename class</source>
        <translation>클래스 이름 바꾸기</translation>
    </message>
    <message>
        <source>%1 is called %2 now.</source>
        <translation>%1의 이름이 이제 %2입니다.</translation>
    </message>
    <message>
        <source>Name another class of this schema to merge into.</source>
        <translation>합칠 대상으로 이 스키마의 다른 클래스를 적으세요.</translation>
    </message>
    <message>
        <source>Merge %1 into %2</source>
        <translation>%1을(를) %2에 합치기</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 삭제</translation>
    </message>
    <message>
        <source>Take a schema file in</source>
        <translation>스키마 파일 들여오기</translation>
    </message>
    <message>
        <source>Label schema (*.json)</source>
        <translation>라벨 스키마 (*.json)</translation>
    </message>
    <message>
        <source>Read schema</source>
        <translation>스키마 읽기</translation>
    </message>
    <message>
        <source>%1 classes added, %2 changed, %3 kept.</source>
        <translation>클래스 %1개 추가, %2개 변경, %3개 유지.</translation>
    </message>
    <message numerus="yes">
        <source>%n example(s) left out: their images aren&apos;t here.</source>
        <translation>
            <numerusform>예 %n개를 뺐습니다. 이미지가 여기에 없습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Write the schema to a file</source>
        <translation>스키마를 파일로 쓰기</translation>
    </message>
    <message>
        <source>Write schema</source>
        <translation>스키마 쓰기</translation>
    </message>
    <message>
        <source>Label schema</source>
        <translation>라벨 스키마</translation>
    </message>
    <message>
        <source>Back to the canvas</source>
        <translation>캔버스로 돌아가기</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>합치기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Back to the canvas  Esc</source>
        <translation>캔버스로 돌아가기  Esc</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Filter the classes</source>
        <translation>클래스 필터</translation>
    </message>
    <message>
        <source>Classes of the schema</source>
        <translation>스키마의 클래스</translation>
    </message>
    <message>
        <source>Merge into …</source>
        <translation>합칠 대상 …</translation>
    </message>
    <message>
        <source>Class to merge into</source>
        <translation>합칠 대상 클래스</translation>
    </message>
    <message>
        <source>Areas may overlap</source>
        <translation>영역 겹침 허용</translation>
    </message>
    <message>
        <source>Attributes that belong to the image, not to a shape.</source>
        <translation>도형이 아니라 이미지에 속하는 속성입니다.</translation>
    </message>
    <message>
        <source>%1 merged into %2: %3.</source>
        <translation>%1을(를) %2에 합쳤습니다: %3.</translation>
    </message>
    <message>
        <source>%1 will be deleted: %2.</source>
        <translation>%1이(가) 삭제됩니다: %2.</translation>
    </message>
    <message>
        <source>%1 deleted: %2.</source>
        <translation>%1을(를) 삭제했습니다: %2.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SchemaModel</name>
    <message>
        <source>Whole image</source>
        <translation>이미지 전체</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ScissorsTool</name>
    <message>
        <source>Scissors</source>
        <translation>가위</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::Seeing</name>
    <message>
        <source>Not all of the picture can be shown: %1</source>
        <translation>사진 전체를 표시할 수 없습니다: %1</translation>
    </message>
    <message>
        <source>The image file was deleted. Its labels are kept, and can be edited on the picture as it was read.</source>
        <translation>이미지 파일이 삭제되었습니다. 라벨은 보존되며, 읽어 둔 사진 위에서 편집할 수 있습니다.</translation>
    </message>
    <message>
        <source>The image file was changed by another program. Its labels are kept.</source>
        <translation>다른 프로그램이 이미지 파일을 바꿨습니다. 라벨은 보존됩니다.</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>다시 읽기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SelectionPanel</name>
    <message>
        <source>Selection</source>
        <translation>선택</translation>
    </message>
    <message>
        <source>Click a shape to see and change its numbers.</source>
        <translation>도형을 누르면 수치를 보고 바꿀 수 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n shape(s) selected. A digit gives them a class.</source>
        <translation>
            <numerusform>도형 %n개 선택. 숫자 키로 클래스를 지정합니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Read history</source>
        <translation>기록 읽기</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>가져옴</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>수정 %n회</numerusform>
        </translation>
    </message>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>y</source>
        <translation>y</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>높이</translation>
    </message>
    <message>
        <source>Occluded</source>
        <translation>가림</translation>
    </message>
    <message>
        <source>Truncated</source>
        <translation>잘림</translation>
    </message>
    <message>
        <source>Difficult</source>
        <translation>판별 어려움</translation>
    </message>
    <message>
        <source>Centre x</source>
        <translation>중심 x</translation>
    </message>
    <message>
        <source>Centre y</source>
        <translation>중심 y</translation>
    </message>
    <message>
        <source>Radius x</source>
        <translation>반지름 x</translation>
    </message>
    <message>
        <source>Radius y</source>
        <translation>반지름 y</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>각도</translation>
    </message>
    <message>
        <source>Still needed: %1</source>
        <translation>아직 필요함: %1</translation>
    </message>
    <message>
        <source>Attributes of the image; click a shape for its own.</source>
        <translation>이미지의 속성입니다. 도형을 클릭하면 그 도형의 속성이 보입니다.</translation>
    </message>
    <message>
        <source>Set attribute</source>
        <translation>속성 설정</translation>
    </message>
    <message>
        <source>Read attributes</source>
        <translation>속성 읽기</translation>
    </message>
    <message>
        <source>Crowd</source>
        <translation>군집</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ShapeActions</name>
    <message>
        <source>Convert to box</source>
        <translation>박스로 변환</translation>
    </message>
    <message>
        <source>Convert to rotated box</source>
        <translation>회전 박스로 변환</translation>
    </message>
    <message>
        <source>Convert to ellipse</source>
        <translation>타원으로 변환</translation>
    </message>
    <message>
        <source>Convert to polygon</source>
        <translation>다각형으로 변환</translation>
    </message>
    <message>
        <source>Convert to mask</source>
        <translation>마스크로 변환</translation>
    </message>
    <message>
        <source>Convert to line</source>
        <translation>선으로 변환</translation>
    </message>
    <message>
        <source>Convert to point</source>
        <translation>점으로 변환</translation>
    </message>
    <message>
        <source>Convert to keypoints</source>
        <translation>키포인트로 변환</translation>
    </message>
    <message>
        <source>Convert to class of the image</source>
        <translation>이미지의 클래스로 변환</translation>
    </message>
    <message>
        <source>Unite</source>
        <translation>합집합</translation>
    </message>
    <message>
        <source>Subtract the others from the lowest</source>
        <translation>맨 아래 도형에서 나머지 빼기</translation>
    </message>
    <message>
        <source>Intersect</source>
        <translation>교집합</translation>
    </message>
    <message>
        <source>Split into parts</source>
        <translation>부분으로 나누기</translation>
    </message>
    <message>
        <source>Grow or shrink…</source>
        <translation>키우기 또는 줄이기…</translation>
    </message>
    <message>
        <source>Smooth…</source>
        <translation>매끄럽게…</translation>
    </message>
    <message>
        <source>Simplify…</source>
        <translation>단순화…</translation>
    </message>
    <message>
        <source>Fill holes…</source>
        <translation>구멍 메우기…</translation>
    </message>
    <message>
        <source>Drop specks…</source>
        <translation>티끌 제거…</translation>
    </message>
    <message>
        <source>Keep inside the image</source>
        <translation>이미지 안에 유지</translation>
    </message>
    <message>
        <source>Align to whole pixels</source>
        <translation>픽셀에 맞추기</translation>
    </message>
    <message>
        <source>Bring to front</source>
        <translation>맨 앞으로</translation>
    </message>
    <message>
        <source>Bring forward</source>
        <translation>앞으로</translation>
    </message>
    <message>
        <source>Send backward</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Send to back</source>
        <translation>맨 뒤로</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>그룹 해제</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>도형</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>변환</translation>
    </message>
    <message>
        <source>Change shapes</source>
        <translation>도형 변경</translation>
    </message>
    <message>
        <source>The shapes were changed meanwhile; nothing was done.</source>
        <translation>그 사이 도형이 바뀌어 아무것도 하지 않았습니다.</translation>
    </message>
    <message>
        <source>Grow or shrink</source>
        <translation>키우기 또는 줄이기</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>매끄럽게</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>세기</translation>
    </message>
    <message>
        <source>Simplify</source>
        <translation>단순화</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>허용 오차</translation>
    </message>
    <message>
        <source>Fill holes</source>
        <translation>구멍 메우기</translation>
    </message>
    <message>
        <source>Up to</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>px²</source>
        <translation>px²</translation>
    </message>
    <message>
        <source>Drop specks</source>
        <translation>티끌 제거</translation>
    </message>
    <message>
        <source>Smaller than</source>
        <translation>보다 작은 것</translation>
    </message>
    <message>
        <source>By</source>
        <comment>so many pixels</comment>
        <translation>크기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ShapePopup</name>
    <message>
        <source>%1, slider</source>
        <translation>%1, 슬라이더</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>적용</translation>
    </message>
    <message numerus="yes">
        <source>%n shape(s) change</source>
        <translation>
            <numerusform>도형 %n개가 바뀝니다</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 → %2 vertices</source>
        <translation>꼭짓점 %1 → %2</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SideTabs</name>
    <message>
        <source>Objects</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>History</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>댓글</translation>
    </message>
    <message>
        <source>Objects, history, comments</source>
        <translation>객체, 기록, 댓글</translation>
    </message>
    <message>
        <source>Of this image</source>
        <translation>이 이미지의</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SkeletonEditor</name>
    <message>
        <source>What a click does</source>
        <translation>클릭의 동작</translation>
    </message>
    <message>
        <source>Joints</source>
        <translation>관절</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>쌍</translation>
    </message>
    <message>
        <source>Name of the joint</source>
        <translation>관절 이름</translation>
    </message>
    <message>
        <source>Click to set a joint, drag to move it. Edges and pairs: click one joint, then the other.</source>
        <translation>클릭하면 관절을 놓고 끌면 옮깁니다. 연결과 쌍: 한 관절을 클릭한 뒤 다른 관절을 클릭하세요.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SkeletonView</name>
    <message numerus="yes">
        <source>%n joint(s)</source>
        <translation>
            <numerusform>관절 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edge(s)</source>
        <translation>
            <numerusform>연결 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mirrored pair(s)</source>
        <translation>
            <numerusform>대칭 쌍 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>chosen: %1</source>
        <translation>선택됨: %1</translation>
    </message>
    <message>
        <source>Skeleton</source>
        <translation>스켈레톤</translation>
    </message>
    <message>
        <source>joint %1</source>
        <translation>관절 %1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SuggestionBar</name>
    <message>
        <source>Accept</source>
        <translation>수락</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Previous suggestion</source>
        <translation>이전 제안</translation>
    </message>
    <message>
        <source>Accept all</source>
        <translation>모두 수락</translation>
    </message>
    <message>
        <source>Accept all suggestions of this class</source>
        <translation>이 클래스의 제안 모두 수락</translation>
    </message>
    <message>
        <source>Refuse all suggestions</source>
        <translation>제안 모두 거절</translation>
    </message>
    <message>
        <source>Suggestions from a lower confidence on</source>
        <translation>더 낮은 신뢰도부터 제안</translation>
    </message>
    <message>
        <source>Suggestions from a higher confidence on</source>
        <translation>더 높은 신뢰도부터 제안</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>모든 클래스</translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s)</source>
        <translation>
            <numerusform>제안 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>%1에서</translation>
    </message>
    <message>
        <source>Accept all %1</source>
        <translation>%1개 모두 수락</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>제안</translation>
    </message>
    <message>
        <source>Confidence ≥</source>
        <translation>신뢰도 ≥</translation>
    </message>
    <message>
        <source>Least confidence of suggestions</source>
        <translation>제안의 최소 신뢰도</translation>
    </message>
    <message>
        <source>Suggestions of which class</source>
        <translation>어느 클래스의 제안인지</translation>
    </message>
    <message>
        <source>Put the suggestions away</source>
        <translation>제안 치우기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::Suggestions</name>
    <message>
        <source>Read suggestions</source>
        <translation>제안 읽기</translation>
    </message>
    <message>
        <source>Refuse suggestions</source>
        <translation>제안 거절</translation>
    </message>
    <message>
        <source>Take the refusal back</source>
        <translation>거절 되돌리기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::SuperpixelsTool</name>
    <message>
        <source>Superpixels</source>
        <translation>슈퍼픽셀</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::Tool</name>
    <message>
        <source>Select</source>
        <translation>선택</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>손</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>바운딩 박스</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>폴리곤</translation>
    </message>
    <message>
        <source>How a box is drawn</source>
        <translation>박스를 그리는 방법</translation>
    </message>
    <message>
        <source>Two corners</source>
        <translation>두 모서리</translation>
    </message>
    <message>
        <source>Four extremes</source>
        <translation>네 극점</translation>
    </message>
    <message>
        <source>What is painted on</source>
        <translation>무엇에 칠하는지</translation>
    </message>
    <message>
        <source>Selected shape</source>
        <translation>선택한 도형</translation>
    </message>
    <message>
        <source>New mask</source>
        <translation>새 마스크</translation>
    </message>
    <message>
        <source>This mask has another size than the picture.</source>
        <translation>이 마스크는 사진과 크기가 다릅니다.</translation>
    </message>
    <message>
        <source>There is no shape here to erase from.</source>
        <translation>여기에는 지울 도형이 없습니다.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>붓 크기</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>How a skeleton is placed</source>
        <translation>스켈레톤을 놓는 방법</translation>
    </message>
    <message>
        <source>Joint by joint</source>
        <translation>관절마다</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>한 번에</translation>
    </message>
    <message>
        <source>This class has no skeleton in the label schema: its joints are placed one by one.</source>
        <translation>라벨 스키마에 이 클래스의 스켈레톤이 없습니다. 관절을 하나씩 놓습니다.</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>그리는 것</translation>
    </message>
    <message>
        <source>New polygon</source>
        <translation>새 다각형</translation>
    </message>
    <message>
        <source>Part or hole</source>
        <translation>부분 또는 구멍</translation>
    </message>
    <message>
        <source>Reshape</source>
        <translation>모양 바꾸기</translation>
    </message>
    <message>
        <source>Select the polygon that is to be changed first.</source>
        <translation>먼저 바꿀 다각형을 선택하세요.</translation>
    </message>
    <message>
        <source>The line must begin and end on the polygon&apos;s border.</source>
        <translation>선은 다각형의 경계에서 시작하고 끝나야 합니다.</translation>
    </message>
    <message>
        <source>Rotated box</source>
        <translation>회전 박스</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>타원</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>선</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>점</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>키포인트</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>붓</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>지우개</translation>
    </message>
    <message>
        <source>Delete vertices</source>
        <translation>여러 꼭짓점 삭제</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>자르기</translation>
    </message>
    <message>
        <source>Ruler</source>
        <translation>자</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>댓글</translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation>마술봉</translation>
    </message>
    <message>
        <source>Intelligent scissors</source>
        <translation>지능형 가위</translation>
    </message>
    <message>
        <source>GrabCut</source>
        <translation>GrabCut</translation>
    </message>
    <message>
        <source>Extreme points</source>
        <translation>극점</translation>
    </message>
    <message>
        <source>Superpixels</source>
        <translation>슈퍼픽셀</translation>
    </message>
    <message>
        <source>How shapes are selected by a drag</source>
        <translation>끌어서 도형을 선택하는 방법</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>사각형</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>올가미</translation>
    </message>
    <message>
        <source>How vertices are deleted</source>
        <translation>꼭짓점을 지우는 방법</translation>
    </message>
    <message>
        <source>Round eraser</source>
        <translation>둥근 지우개</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::ToolStrip</name>
    <message>
        <source>Tools</source>
        <translation>도구</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::View</name>
    <message>
        <source>class %1</source>
        <translation>클래스 %1</translation>
    </message>
    <message>
        <source>no image</source>
        <translation>이미지 없음</translation>
    </message>
    <message>
        <source>zoom %1 %</source>
        <translation>배율 %1 %</translation>
    </message>
    <message>
        <source>The label schema doesn&apos;t allow this kind of shape for %1: choose another class or another tool.</source>
        <translation>라벨 스키마에서 %1은(는) 이 종류의 도형을 쓸 수 없습니다. 다른 클래스나 도구를 고르세요.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::canvas::WandTool</name>
    <message>
        <source>Tolerance</source>
        <translation>허용 오차</translation>
    </message>
    <message>
        <source>tolerance %1</source>
        <translation>허용 오차 %1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::charts::BarRows</name>
    <message>
        <source>%1: %2, compared run %3</source>
        <translation>%1: %2, 비교한 학습 실행 %3</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::charts::Chart</name>
    <message>
        <source>Copy the picture</source>
        <translation>그림 복사</translation>
    </message>
    <message>
        <source>Save the picture…</source>
        <translation>그림 저장…</translation>
    </message>
    <message>
        <source>Save the chart as a picture</source>
        <translation>차트를 그림으로 저장</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>그림 (*.png)</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written: %2</source>
        <translation>%1에 쓸 수 없습니다: %2</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::charts::ConfusionMatrix</name>
    <message>
        <source>difference of two runs</source>
        <translation>두 학습 실행의 차이</translation>
    </message>
    <message>
        <source>%1 of %2 right</source>
        <translation>%2개 중 %1개 정답</translation>
    </message>
    <message>
        <source>%1 taken for %2: %3</source>
        <translation>%1을(를) %2(으)로: %3</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::charts::CurveChart</name>
    <message>
        <source>%1 %2 at %3</source>
        <translation>%3에서 %1 %2</translation>
    </message>
    <message>
        <source>zoomed to %1 to %2</source>
        <translation>%1~%2 구간 확대</translation>
    </message>
    <message>
        <source>no values yet</source>
        <translation>아직 값이 없습니다</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>스텝 %1</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>에포크 %1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::charts::HistogramChart</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>외 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::charts::IntervalRows</name>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::charts::MachinePanel</name>
    <message>
        <source>Machine</source>
        <translation>컴퓨터</translation>
    </message>
    <message>
        <source>2 Hz</source>
        <translation>2 Hz</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Input wait</source>
        <translation>입력 대기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::charts::XyChart</name>
    <message>
        <source>%1: %2 %3, %4 %5</source>
        <translation>%1: %2 %3, %4 %5</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::common::Counts</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>이미지 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln annotation(s)</source>
        <translation>
            <numerusform>주석 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s)</source>
        <translation>
            <numerusform>도형 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%2의 %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s)</source>
        <translation>
            <numerusform>객체 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln class(es)</source>
        <translation>
            <numerusform>클래스 %Ln개</numerusform>
        </translation>
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
    <name>lathe::widgets::common::Kinds</name>
    <message>
        <source>Whole image</source>
        <translation>이미지 전체</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>바운딩 박스</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>폴리곤</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>키포인트</translation>
    </message>
    <message>
        <source>Rotated box</source>
        <translation>회전 박스</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>타원</translation>
    </message>
    <message>
        <source>Polyline</source>
        <translation>폴리라인</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>점</translation>
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
    <name>lathe::widgets::common::QueryCompleter</name>
    <message>
        <source>Search terms</source>
        <translation>검색어</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::common::Splits</name>
    <message>
        <source>no split</source>
        <translation>분할 없음</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::CalibrationView</name>
    <message>
        <source>Calibration</source>
        <translation>보정</translation>
    </message>
    <message>
        <source>Reliability</source>
        <translation>신뢰도 곡선</translation>
    </message>
    <message>
        <source>on the diagonal: the confidence is what it says</source>
        <translation>대각선 위: 신뢰도가 실제와 같습니다</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>신뢰도</translation>
    </message>
    <message>
        <source>Share that is right</source>
        <translation>맞은 비율</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>Scores, right and wrong</source>
        <translation>점수(정답과 오답)</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>학습 실행</translation>
    </message>
    <message>
        <source>ECE %1</source>
        <translation>ECE %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 to %2: confidence %3, right %4, %Ln sample(s)</source>
        <translation>
            <numerusform>%1~%2: 신뢰도 %3, 정답 %4, 샘플 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to %2: %3 right, %4 wrong</source>
        <translation>%1~%2: 정답 %3, 오답 %4</translation>
    </message>
    <message>
        <source>%1: confidence %2 to %3</source>
        <translation>%1: 신뢰도 %2~%3</translation>
    </message>
    <message>
        <source>%1: right, scored %2 to %3</source>
        <translation>%1: 정답, 점수 %2~%3</translation>
    </message>
    <message>
        <source>%1: wrong, scored %2 to %3</source>
        <translation>%1: 오답, 점수 %2~%3</translation>
    </message>
    <message>
        <source>blue right, red wrong</source>
        <translation>파랑 정답, 빨강 오답</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::CasesModel</name>
    <message>
        <source>%1: is %2, A says %3, B says %4</source>
        <translation>%1: 정답 %2, A는 %3, B는 %4</translation>
    </message>
    <message>
        <source>%1: A %2, B %3</source>
        <translation>%1: A %2, B %3</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::CasesPanel</name>
    <message>
        <source>Fixed by B</source>
        <translation>B가 고친 것</translation>
    </message>
    <message>
        <source>Broken by B</source>
        <translation>B가 틀리게 된 것</translation>
    </message>
    <message>
        <source>Images fixed by B</source>
        <translation>B가 고친 이미지</translation>
    </message>
    <message>
        <source>Images broken by B</source>
        <translation>B가 틀리게 된 이미지</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Images of what was clicked</source>
        <translation>클릭한 항목의 이미지</translation>
    </message>
    <message>
        <source>Click a point, a bar, a row or a slice above: its images stand here.</source>
        <translation>위에서 점, 막대, 행 또는 슬라이스를 클릭하면 해당 이미지가 여기에 나옵니다.</translation>
    </message>
    <message>
        <source>There is no such image.</source>
        <translation>해당하는 이미지가 없습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::ClassesView</name>
    <message>
        <source>Figure</source>
        <translation>지표</translation>
    </message>
    <message>
        <source>95 % intervals over resampled images. Click a row: its images stand below.</source>
        <translation>이미지를 재표집한 95 % 구간입니다. 행을 클릭하면 아래에 이미지가 나옵니다.</translation>
    </message>
    <message>
        <source>Figures by class and size</source>
        <translation>클래스와 크기별 지표</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Small objects</source>
        <translation>작은 객체</translation>
    </message>
    <message>
        <source>Medium objects</source>
        <translation>중간 객체</translation>
    </message>
    <message>
        <source>Large objects</source>
        <translation>큰 객체</translation>
    </message>
    <message>
        <source>Small images</source>
        <translation>작은 이미지</translation>
    </message>
    <message>
        <source>Medium images</source>
        <translation>중간 이미지</translation>
    </message>
    <message>
        <source>Large images</source>
        <translation>큰 이미지</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::CompareMode</name>
    <message>
        <source>Runs</source>
        <translation>학습 실행</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>학습 실행 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the charts</source>
        <translation>
            <numerusform>차트에 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the comparison</source>
        <translation>비교 내보내기</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Read the runs</source>
        <translation>학습 실행 읽기</translation>
    </message>
    <message>
        <source>Known when there are two finished runs to compare.</source>
        <translation>완료된 학습 실행이 두 개 있으면 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Choose a second run</source>
        <translation>두 번째 학습 실행을 선택하세요</translation>
    </message>
    <message>
        <source>Click a run to make it B. The baseline is A: press A on another run to change it.</source>
        <translation>학습 실행을 누르면 B가 됩니다. 기준은 A이며, 다른 학습 실행에서 A를 누르면 바뀝니다.</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>비교 중…</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 대 %2</translation>
    </message>
    <message>
        <source>Compare two runs</source>
        <translation>두 학습 실행 비교</translation>
    </message>
    <message>
        <source>These two can&apos;t be compared</source>
        <translation>이 둘은 비교할 수 없습니다</translation>
    </message>
    <message>
        <source>B fixed no image that A had wrong.</source>
        <translation>A가 틀린 이미지를 B가 고친 것이 없습니다.</translation>
    </message>
    <message>
        <source>B broke no image that A had right.</source>
        <translation>A가 맞힌 이미지를 B가 틀린 것이 없습니다.</translation>
    </message>
    <message>
        <source>Compare with %1</source>
        <translation>%1과(와) 비교</translation>
    </message>
    <message>
        <source>A %1</source>
        <translation>A %1</translation>
    </message>
    <message>
        <source>B %1</source>
        <translation>B %1</translation>
    </message>
    <message>
        <source>The ticked runs have the same settings, names and seeds included.</source>
        <translation>선택한 학습 실행은 이름과 시드까지 설정이 같습니다.</translation>
    </message>
    <message>
        <source>Tick two runs or more to see what differs.</source>
        <translation>둘 이상 선택하면 차이가 보입니다.</translation>
    </message>
    <message>
        <source>No workspace is open</source>
        <translation>열린 작업 공간이 없습니다</translation>
    </message>
    <message>
        <source>Open one to compare its runs.</source>
        <translation>작업 공간을 열어 학습 실행을 비교하세요.</translation>
    </message>
    <message>
        <source>No runs to compare</source>
        <translation>비교할 학습 실행이 없습니다</translation>
    </message>
    <message>
        <source>Train two, with one setting changed, and see here whether it helped.</source>
        <translation>설정 하나만 바꿔 두 번 학습하면 도움이 되었는지 여기서 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Runs and verdict</source>
        <translation>학습 실행과 판정</translation>
    </message>
    <message>
        <source>Curves and settings</source>
        <translation>곡선과 설정</translation>
    </message>
    <message>
        <source>Fixed and broken</source>
        <translation>고친 것과 틀리게 된 것</translation>
    </message>
    <message>
        <source>Make it A, the baseline</source>
        <translation>기준 A로 지정</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>A와 B 바꾸기</translation>
    </message>
    <message>
        <source>Open in Label</source>
        <translation>라벨링에서 열기</translation>
    </message>
    <message>
        <source>Show in Browse</source>
        <translation>탐색에서 보기</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>보고서 내보내기</translation>
    </message>
    <message>
        <source>Submit B for review</source>
        <translation>B를 검토에 제출</translation>
    </message>
    <message>
        <source>Train a run</source>
        <translation>학습하기</translation>
    </message>
    <message>
        <source>Runs to compare</source>
        <translation>비교할 학습 실행</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>열 선택</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>검증 정확도</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>검증 손실</translation>
    </message>
    <message>
        <source>log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>혼동</translation>
    </message>
    <message>
        <source>B minus A; rows truth, columns predicted</source>
        <translation>B − A, 행은 정답, 열은 예측</translation>
    </message>
    <message>
        <source>Confusion, B minus A</source>
        <translation>혼동, B − A</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>only what differs</source>
        <translation>다른 것만</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>다른 설정</translation>
    </message>
    <message>
        <source>Validation AP</source>
        <translation>검증 AP</translation>
    </message>
    <message>
        <source>Validation mean IoU</source>
        <translation>검증 평균 IoU</translation>
    </message>
    <message>
        <source>Find the images</source>
        <translation>이미지 찾기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::CurvesView</name>
    <message>
        <source>ROC and precision</source>
        <translation>ROC와 정밀도</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>ROC</source>
        <translation>ROC</translation>
    </message>
    <message>
        <source>False positive rate</source>
        <translation>거짓 양성률</translation>
    </message>
    <message>
        <source>True positive rate</source>
        <translation>참 양성률</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>정밀도와 재현율</translation>
    </message>
    <message>
        <source>Precision against recall</source>
        <translation>재현율에 따른 정밀도</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>재현율</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>All, their mean</source>
        <translation>전체 평균</translation>
    </message>
    <message>
        <source>found objects at IoU 0.5</source>
        <translation>IoU 0.5에서 찾은 객체</translation>
    </message>
    <message>
        <source>Choose a class, then click a point: below stand the images that its threshold gets wrong.</source>
        <translation>클래스를 고른 뒤 점을 클릭하면 그 임계값에서 틀린 이미지가 아래에 나옵니다.</translation>
    </message>
    <message>
        <source>Click a point: below stand the images that its threshold gets wrong.</source>
        <translation>점을 클릭하면 그 임계값에서 틀린 이미지가 아래에 나옵니다.</translation>
    </message>
    <message>
        <source>AUC %1</source>
        <translation>AUC %1</translation>
    </message>
    <message>
        <source>AP %1</source>
        <translation>AP %1</translation>
    </message>
    <message>
        <source>no threshold</source>
        <translation>임계값 없음</translation>
    </message>
    <message>
        <source>%1, %2: wrong at the threshold %3</source>
        <translation>%1, %2: 임계값 %3에서 오답</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::FigureView</name>
    <message>
        <source>Tick a finished run in the table to see its figures.</source>
        <translation>표에서 끝난 실행을 선택하면 지표가 나옵니다.</translation>
    </message>
    <message>
        <source>There is no such figure for this task. By class and Slices have what there is.</source>
        <translation>이 작업에는 이런 지표가 없습니다. 클래스별과 슬라이스에서 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>This run is from before the boxes of labels were kept with it. Train it again to see this.</source>
        <translation>라벨의 박스를 함께 보관하기 전의 실행입니다. 다시 학습하면 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>There is nothing to tell apart: every judged image has the same class.</source>
        <translation>구별할 것이 없습니다. 평가한 이미지의 클래스가 모두 같습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::FiguresPage</name>
    <message>
        <source>Charts of the ticked runs</source>
        <translation>선택한 실행의 차트</translation>
    </message>
    <message>
        <source>Learning curves</source>
        <translation>학습 곡선</translation>
    </message>
    <message>
        <source>ROC and precision</source>
        <translation>ROC와 정밀도</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>보정</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>클래스별</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>슬라이스</translation>
    </message>
    <message>
        <source>Reading what the runs kept…</source>
        <translation>실행이 보관한 것을 읽는 중…</translation>
    </message>
    <message>
        <source>Figures of the ticked runs</source>
        <translation>선택한 실행의 지표</translation>
    </message>
    <message>
        <source>Without predictions: %1</source>
        <translation>예측이 없는 실행: %1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::RunsTable</name>
    <message>
        <source>Run</source>
        <translation>학습 실행</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Against A</source>
        <translation>A 대비</translation>
    </message>
    <message>
        <source>baseline</source>
        <translation>기준</translation>
    </message>
    <message>
        <source>not comparable</source>
        <translation>비교 불가</translation>
    </message>
    <message>
        <source>better</source>
        <translation>더 나음</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>더 나쁨</translation>
    </message>
    <message>
        <source>not enough evidence</source>
        <translation>근거 부족</translation>
    </message>
    <message>
        <source>curve of validation accuracy</source>
        <translation>검증 정확도 곡선</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::SettingsDiff</name>
    <message>
        <source>Setting</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::SlicesModel</name>
    <message>
        <source>none of the judged images</source>
        <translation>평가한 이미지 중에 없음</translation>
    </message>
    <message>
        <source>%1 %2, %3 to all</source>
        <translation>%1 %2, 전체보다 %3</translation>
    </message>
    <message>
        <source>%1 among all suggestions</source>
        <translation>모든 제안을 고려하면 %1</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>더 나쁨</translation>
    </message>
    <message>
        <source>better</source>
        <translation>더 나음</translation>
    </message>
    <message>
        <source>not enough evidence</source>
        <translation>근거 부족</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>슬라이스</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>%1 to all</source>
        <translation>전체 대비 %1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::SlicesView</name>
    <message>
        <source>Slice field button</source>
        <translation>슬라이스 필드 버튼</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>슬라이스</translation>
    </message>
    <message>
        <source>A search term: brightness&lt;60, class:WBC, meta:camera=2</source>
        <translation>검색어: brightness&lt;60, class:WBC, meta:camera=2</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Hide suggestions</source>
        <translation>제안 숨기기</translation>
    </message>
    <message>
        <source>Suggest slices</source>
        <translation>슬라이스 제안</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>슬라이스</translation>
    </message>
    <message>
        <source>Read the search terms</source>
        <translation>검색어 읽기</translation>
    </message>
    <message>
        <source>Judge slices</source>
        <translation>슬라이스 평가</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>세는 중…</translation>
    </message>
    <message>
        <source>Nothing to suggest: no class, tag, field or size splits the judged images into parts of five or more.</source>
        <translation>제안할 것이 없습니다. 평가한 이미지를 다섯 장 이상으로 나누는 클래스, 태그, 필드, 크기가 없습니다.</translation>
    </message>
    <message>
        <source>Enter a search term to see how the runs do on its images, or let Lathe suggest slices. Delete takes one away.</source>
        <translation>검색어를 입력하면 그 이미지에서 실행이 어떤지 보여 줍니다. Lathe에게 슬라이스를 제안받을 수도 있습니다. Delete로 지웁니다.</translation>
    </message>
    <message>
        <source>Slice %1</source>
        <translation>슬라이스 %1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::compare::VerdictPanel</name>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>Difference of B and A by class</source>
        <translation>클래스별 B와 A의 차이</translation>
    </message>
    <message>
        <source>same labels</source>
        <translation>같은 라벨</translation>
    </message>
    <message>
        <source>snapshots differ</source>
        <translation>스냅샷이 다름</translation>
    </message>
    <message>
        <source>B is better than A</source>
        <translation>B가 A보다 낫습니다</translation>
    </message>
    <message>
        <source>B is worse than A</source>
        <translation>B가 A보다 나쁩니다</translation>
    </message>
    <message>
        <source>Not enough evidence</source>
        <translation>근거가 부족합니다</translation>
    </message>
    <message>
        <source>exact McNemar test</source>
        <translation>정확 맥니마 검정</translation>
    </message>
    <message>
        <source>%1 accuracy, 95 % interval %2 to %3, %4, %5. A: %6, B: %7.</source>
        <translation>정확도 %1, 95 % 구간 %2~%3, %4, %5. A: %6, B: %7.</translation>
    </message>
    <message>
        <source>All test images</source>
        <translation>모든 시험 이미지</translation>
    </message>
    <message>
        <source>%1 [%2, %3]</source>
        <translation>%1 [%2, %3]</translation>
    </message>
    <message>
        <source>same</source>
        <translation>같음</translation>
    </message>
    <message>
        <source>%1 fixed, %2 broken</source>
        <translation>%1개 고침, %2개 틀리게 됨</translation>
    </message>
    <message numerus="yes">
        <source>same %Ln image(s)</source>
        <translation>
            <numerusform>같은 이미지 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>paired bootstrap</source>
        <translation>대응표본 부트스트랩</translation>
    </message>
    <message>
        <source>%1 F1, 95 % interval %2 to %3, %4, %5. A: %6, B: %7.</source>
        <translation>F1 %1, 95 % 구간 %2 ~ %3, %4, %5. A: %6, B: %7.</translation>
    </message>
    <message>
        <source>%1 mean IoU, 95 % interval %2 to %3, %4, %5. A: %6, B: %7.</source>
        <translation>평균 IoU %1, 95 % 구간 %2 ~ %3, %4, %5. A: %6, B: %7.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::explain::ExplainMode</name>
    <message>
        <source>Explain</source>
        <translation>해석</translation>
    </message>
    <message>
        <source>Read the runs</source>
        <translation>학습 실행 읽기</translation>
    </message>
    <message>
        <source>Read the run&apos;s answers</source>
        <translation>학습 실행의 답 읽기</translation>
    </message>
    <message>
        <source>%1 of %2 wrong</source>
        <translation>%2개 중 %1개 오답</translation>
    </message>
    <message>
        <source>the predicted class</source>
        <translation>예측한 클래스</translation>
    </message>
    <message>
        <source>Explain %1</source>
        <translation>%1 해석</translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>labelled %1</source>
        <translation>라벨 %1</translation>
    </message>
    <message>
        <source>Method %1, class %2</source>
        <translation>방법 %1, 클래스 %2</translation>
    </message>
    <message>
        <source>Made in %1 ms</source>
        <translation>%1 ms 걸림</translation>
    </message>
    <message>
        <source>%1 for %2, score %3</source>
        <translation>%2에 대한 %1, 점수 %3</translation>
    </message>
    <message>
        <source>map in %1 ms</source>
        <translation>히트맵 %1 ms</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>No map</source>
        <translation>히트맵 없음</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>표시 내용</translation>
    </message>
    <message>
        <source>x %1, y %2</source>
        <translation>x %1, y %2</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Open in Label</source>
        <translation>라벨링에서 열기</translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation>이전 이미지</translation>
    </message>
    <message>
        <source>Next image</source>
        <translation>다음 이미지</translation>
    </message>
    <message>
        <source>Picture, map or blend</source>
        <translation>이미지, 히트맵 또는 겹쳐 보기</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>모델 학습</translation>
    </message>
    <message>
        <source>The map</source>
        <translation>히트맵</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>학습 실행</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>of</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
    <message>
        <source>Opacity of the map</source>
        <translation>히트맵 불투명도</translation>
    </message>
    <message>
        <source>Judged images</source>
        <translation>평가한 이미지</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>히트맵</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>겹치기</translation>
    </message>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>clipped at the 99.7th percentile, contours at 0.35 and 0.7</source>
        <translation>99.7 백분위에서 자름, 등고선 0.35와 0.7</translation>
    </message>
    <message>
        <source>No finished run yet</source>
        <translation>아직 완료된 학습 실행이 없습니다</translation>
    </message>
    <message>
        <source>Train a model; then see here what its answers rest on.</source>
        <translation>모델을 학습하면 답의 근거를 여기서 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>레이어 %1</translation>
    </message>
    <message>
        <source>Sum of the map %1</source>
        <translation>히트맵 합계 %1</translation>
    </message>
    <message>
        <source>From %1 to %2 before what is below 0 was dropped</source>
        <translation>0 미만을 버리기 전 범위 %1~%2</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>시험 이미지</translation>
    </message>
    <message>
        <source>Validation images</source>
        <translation>검증 이미지</translation>
    </message>
    <message>
        <source>Show the validation images</source>
        <translation>검증 이미지 보기</translation>
    </message>
    <message>
        <source>Show the test images</source>
        <translation>시험 이미지 보기</translation>
    </message>
    <message>
        <source>Test or validation images</source>
        <translation>시험 또는 검증 이미지</translation>
    </message>
    <message>
        <source>Predict %1</source>
        <translation>%1 예측</translation>
    </message>
    <message>
        <source>Nothing is sure enough</source>
        <translation>충분히 확실한 것이 없습니다</translation>
    </message>
    <message>
        <source>Shown from the confidence %1 on
Made in %2 ms</source>
        <translation>신뢰도 %1부터 표시
%2 ms 걸림</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::explain::MapScale</name>
    <message>
        <source>Scale of the map, 0 to 1</source>
        <translation>히트맵 눈금, 0~1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::explain::MapView</name>
    <message>
        <source>Map over the picture</source>
        <translation>이미지 위의 히트맵</translation>
    </message>
    <message>
        <source>%1 at %2, %3</source>
        <translation>%2, %3에서 %1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::explain::OutcomeModel</name>
    <message>
        <source>%1, is %2</source>
        <translation>%1, 정답 %2</translation>
    </message>
    <message>
        <source>%1: %2, confidence %3</source>
        <translation>%1: %2, 신뢰도 %3</translation>
    </message>
    <message>
        <source>mean IoU below one half</source>
        <translation>평균 IoU 절반 미만</translation>
    </message>
    <message>
        <source>mean IoU one half or more</source>
        <translation>평균 IoU 절반 이상</translation>
    </message>
    <message>
        <source>%1 found, %2 missed, %3 false</source>
        <translation>찾음 %1, 놓침 %2, 오검출 %3</translation>
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
    <name>lathe::widgets::profile::PhaseBars</name>
    <message>
        <source>no step measured yet</source>
        <translation>아직 측정한 스텝이 없습니다</translation>
    </message>
    <message>
        <source>epoch %1, step %2</source>
        <translation>에포크 %1, 스텝 %2</translation>
    </message>
    <message>
        <source>The engine tells the phases of a step after each epoch.</source>
        <translation>엔진이 에포크마다 스텝의 단계별 시간을 알려 줍니다.</translation>
    </message>
    <message>
        <source>epoch %1: step %2, one in twenty %3</source>
        <translation>에포크 %1: 스텝 %2, 스무 번에 한 번 %3</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::profile::ProfileMode</name>
    <message>
        <source>Phases</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Read the runs</source>
        <translation>학습 실행 읽기</translation>
    </message>
    <message>
        <source>images/s</source>
        <translation>이미지/초</translation>
    </message>
    <message>
        <source>Read the settings</source>
        <translation>설정 읽기</translation>
    </message>
    <message>
        <source>No workspace is open</source>
        <translation>열린 작업 공간이 없습니다</translation>
    </message>
    <message>
        <source>Open one to see where its runs spend their time.</source>
        <translation>작업 공간을 열어 학습 실행이 시간을 어디에 쓰는지 보세요.</translation>
    </message>
    <message>
        <source>No run to look at</source>
        <translation>볼 학습 실행이 없습니다</translation>
    </message>
    <message>
        <source>Train one: after its first epoch the phases of a step are shown here.</source>
        <translation>학습하면 첫 에포크 뒤에 스텝의 단계별 시간이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Known after the first epoch.</source>
        <translation>첫 에포크 뒤에 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Nothing slows this run down that these figures could show.</source>
        <translation>이 수치로 보이는 병목은 없습니다.</translation>
    </message>
    <message>
        <source>%1 of 5 rules</source>
        <translation>규칙 5개 중 %1개</translation>
    </message>
    <message>
        <source>up to −%1</source>
        <translation>최대 −%1</translation>
    </message>
    <message>
        <source>Core %1</source>
        <translation>코어 %1</translation>
    </message>
    <message>
        <source>the first %1 of %2</source>
        <translation>%2개 중 처음 %1개</translation>
    </message>
    <message>
        <source>Core %1  %2</source>
        <translation>코어 %1  %2</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>프로파일</translation>
    </message>
    <message>
        <source>Phases and speed</source>
        <translation>단계와 속도</translation>
    </message>
    <message>
        <source>Open in Train</source>
        <translation>학습에서 열기</translation>
    </message>
    <message>
        <source>Newer run</source>
        <translation>더 새로운 학습 실행</translation>
    </message>
    <message>
        <source>Older run</source>
        <translation>더 오래된 학습 실행</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>학습 실행</translation>
    </message>
    <message>
        <source>Step, median</source>
        <translation>스텝, 중앙값</translation>
    </message>
    <message>
        <source>One step in twenty</source>
        <translation>스무 번에 한 번</translation>
    </message>
    <message>
        <source>Waits for data</source>
        <translation>데이터 대기</translation>
    </message>
    <message>
        <source>Images a second</source>
        <translation>초당 이미지</translation>
    </message>
    <message>
        <source>Phases of a step</source>
        <translation>스텝의 단계</translation>
    </message>
    <message>
        <source>medians, epoch by epoch</source>
        <translation>에포크별 중앙값</translation>
    </message>
    <message>
        <source>Images per second</source>
        <translation>초당 이미지</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>발견</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>코어</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::review::ReviewMode</name>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message numerus="yes">
        <source>Audit log %n entries</source>
        <translation>
            <numerusform>감사 기록 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Read the models</source>
        <translation>모델 목록 읽기</translation>
    </message>
    <message>
        <source>Read the model</source>
        <translation>모델 읽기</translation>
    </message>
    <message>
        <source>packaged, not yet submitted</source>
        <translation>패키지 생성됨, 아직 미제출</translation>
    </message>
    <message>
        <source>submitted by %1, waits for a decision</source>
        <translation>%1 제출, 결정 대기 중</translation>
    </message>
    <message>
        <source>approved by %1 on %2</source>
        <translation>%2에 %1 승인</translation>
    </message>
    <message>
        <source>rejected by %1: %2</source>
        <translation>%1 반려: %2</translation>
    </message>
    <message>
        <source>%1 signs this digest. Nothing else can be pushed.</source>
        <translation>%1 님이 이 다이제스트에 서명합니다. 다른 것은 배포할 수 없습니다.</translation>
    </message>
    <message>
        <source>snapshot %1  %2</source>
        <translation>스냅샷 %1  %2</translation>
    </message>
    <message>
        <source>run %1  %2</source>
        <translation>학습 실행 %1  %2</translation>
    </message>
    <message numerus="yes">
        <source>model %1, %n epoch(s)</source>
        <translation>
            <numerusform>모델 %1, 에포크 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, rate %2, batch %3, seed %4</source>
        <translation>%1, 학습률 %2, 배치 %3, 시드 %4</translation>
    </message>
    <message numerus="yes">
        <source>package, %n file(s), %1 MB</source>
        <translation>
            <numerusform>패키지, 파일 %n개, %1 MB</numerusform>
        </translation>
    </message>
    <message>
        <source>Package is whole</source>
        <translation>패키지가 온전함</translation>
    </message>
    <message>
        <source>Every class is found</source>
        <translation>모든 클래스를 찾음</translation>
    </message>
    <message>
        <source>Submitted by someone else</source>
        <translation>다른 사람이 제출함</translation>
    </message>
    <message>
        <source>Signature holds</source>
        <translation>서명 유효</translation>
    </message>
    <message>
        <source>%1 of %2 passed</source>
        <translation>%2개 중 %1개 통과</translation>
    </message>
    <message>
        <source>Submit it first; then someone else decides.</source>
        <translation>먼저 제출하세요. 그다음 다른 사람이 결정합니다.</translation>
    </message>
    <message>
        <source>You submitted this model; someone else must decide.</source>
        <translation>직접 제출한 모델입니다. 다른 사람이 결정해야 합니다.</translation>
    </message>
    <message>
        <source>A note is needed for the audit log.</source>
        <translation>감사 기록에 남길 메모가 필요합니다.</translation>
    </message>
    <message>
        <source>No finished run yet</source>
        <translation>아직 완료된 학습 실행이 없습니다</translation>
    </message>
    <message>
        <source>Package %1</source>
        <translation>%1 패키지 생성</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>제출</translation>
    </message>
    <message>
        <source>Approve and sign</source>
        <translation>승인하고 서명</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>반려</translation>
    </message>
    <message>
        <source>Recall by class</source>
        <translation>클래스별 재현율</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>평가</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Submit for review</source>
        <translation>검토에 제출</translation>
    </message>
    <message>
        <source>Package a run</source>
        <translation>학습 실행 패키지 생성</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>모델 카드</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>모델 학습</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>Truth against prediction</source>
        <translation>정답과 예측</translation>
    </message>
    <message>
        <source>Wrong answers, most confident first</source>
        <translation>오답, 신뢰도 높은 순</translation>
    </message>
    <message>
        <source>Gates</source>
        <translation>관문</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>감사</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>서명</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>지표</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>시험 이미지</translation>
    </message>
    <message>
        <source>Audit entries</source>
        <translation>감사 항목</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>지표</translation>
    </message>
    <message>
        <source>Wrong answers</source>
        <translation>오답</translation>
    </message>
    <message>
        <source>Note for the audit log</source>
        <translation>감사 기록 메모</translation>
    </message>
    <message>
        <source>Note, goes into the audit log</source>
        <translation>메모, 감사 기록에 남습니다</translation>
    </message>
    <message>
        <source>No models yet</source>
        <translation>아직 모델이 없습니다</translation>
    </message>
    <message>
        <source>Package a finished run, then submit it for review.</source>
        <translation>완료된 학습 실행을 패키지로 만든 뒤 검토에 제출하세요.</translation>
    </message>
    <message>
        <source>packaged it</source>
        <translation>패키지 생성</translation>
    </message>
    <message>
        <source>submitted it</source>
        <translation>제출</translation>
    </message>
    <message>
        <source>approved it</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>rejected it</source>
        <translation>반려</translation>
    </message>
    <message>
        <source>pushed it live</source>
        <translation>배포해 서비스 시작</translation>
    </message>
    <message>
        <source>pushed it in vain</source>
        <translation>배포 실패</translation>
    </message>
    <message>
        <source>rolled back to it</source>
        <translation>이 버전으로 되돌림</translation>
    </message>
    <message>
        <source>was refused a push</source>
        <translation>배포 거부됨</translation>
    </message>
    <message>
        <source>Figures of the test images are known</source>
        <translation>시험 이미지의 수치가 있음</translation>
    </message>
    <message>
        <source>95 % interval %1 to %2</source>
        <translation>95 % 구간 %1~%2</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::review::SampleStrip</name>
    <message>
        <source>%1, is %2</source>
        <translation>%1, 정답 %2</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::serve::DropPlace</name>
    <message>
        <source>Picture to try</source>
        <translation>시험할 이미지</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::serve::LivePanel</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>What is live</source>
        <translation>서비스 중인 모델</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>다이제스트</translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation>승인자</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>패키지</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::serve::PushTable</name>
    <message>
        <source>live</source>
        <translation>서비스 중</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>교체됨</translation>
    </message>
    <message>
        <source>rolled back</source>
        <translation>롤백됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>When</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>By</source>
        <translation>담당</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Golden inputs</source>
        <translation>기준 입력</translation>
    </message>
    <message>
        <source>Largest difference</source>
        <translation>최대 차이</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>초</translation>
    </message>
    <message>
        <source>Pushes to the target</source>
        <translation>대상으로 보낸 푸시</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::serve::ServeMode</name>
    <message>
        <source>Serve</source>
        <translation>서빙</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>Read the targets</source>
        <translation>대상 읽기</translation>
    </message>
    <message>
        <source>nothing live</source>
        <translation>배포 없음</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1 is live on %2</source>
        <translation>%2에서 %1 서비스 중</translation>
    </message>
    <message>
        <source>Nothing is live on %1</source>
        <translation>%1에 서비스 중인 모델이 없습니다</translation>
    </message>
    <message>
        <source>%1 pushed %2 in %3 s: %4</source>
        <translation>%1, %2 배포, %3초: %4</translation>
    </message>
    <message numerus="yes">
        <source>Golden inputs: %n case(s), largest difference %1, %2</source>
        <translation>
            <numerusform>기준 입력 %n개, 최대 차이 %1, %2</numerusform>
        </translation>
    </message>
    <message>
        <source>the same answers</source>
        <translation>답이 같음</translation>
    </message>
    <message>
        <source>other answers: the version before came back</source>
        <translation>답이 다름: 이전 버전으로 되돌림</translation>
    </message>
    <message>
        <source>Choose an approved model and push it. The golden inputs are sent to the target and compared before it counts as live.</source>
        <translation>승인된 모델을 골라 배포하세요. 기준 입력을 대상에 보내 비교한 뒤에야 서비스 중으로 봅니다.</translation>
    </message>
    <message>
        <source>No model is approved yet: see Review.</source>
        <translation>아직 승인된 모델이 없습니다. 검토를 보세요.</translation>
    </message>
    <message>
        <source>A target needs a name and an address.</source>
        <translation>대상에는 이름과 주소가 필요합니다.</translation>
    </message>
    <message>
        <source>Add target</source>
        <translation>대상 추가</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>%1 시험</translation>
    </message>
    <message>
        <source>Push %1 to %2</source>
        <translation>%2에 %1 배포</translation>
    </message>
    <message>
        <source>Roll back %1</source>
        <translation>%1 되돌리기</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>배포</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Test target</source>
        <translation>대상 시험</translation>
    </message>
    <message>
        <source>New target</source>
        <translation>새 대상</translation>
    </message>
    <message>
        <source>Pushes</source>
        <translation>배포 기록</translation>
    </message>
    <message>
        <source>Last push</source>
        <translation>마지막 배포</translation>
    </message>
    <message>
        <source>Approved model</source>
        <translation>승인된 모델</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>No serving target yet</source>
        <translation>아직 서빙 대상이 없습니다</translation>
    </message>
    <message>
        <source>A target is a folder, a Triton repository or a server that speaks the Open Inference Protocol.</source>
        <translation>대상은 폴더, Triton 저장소 또는 Open Inference Protocol을 쓰는 서버입니다.</translation>
    </message>
    <message>
        <source>Pushes to this target</source>
        <translation>이 대상의 배포 기록</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Triton repository</source>
        <translation>Triton 저장소</translation>
    </message>
    <message>
        <source>Inference server</source>
        <translation>추론 서버</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::serve::Stages</name>
    <message>
        <source>Stages of the push</source>
        <translation>배포 단계</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>연결됨</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>승인됨</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>검증됨</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>업로드됨</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>적재됨</translation>
    </message>
    <message>
        <source>Parity</source>
        <translation>일치 검사</translation>
    </message>
    <message>
        <source>Rolled back</source>
        <translation>되돌림</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>서비스 중</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::serve::TryPanel</name>
    <message>
        <source>Answer</source>
        <translation>답</translation>
    </message>
    <message>
        <source>Nothing is live on this target yet: push an approved model first.</source>
        <translation>아직 이 대상에 서비스 중인 모델이 없습니다. 먼저 승인된 모델을 배포하세요.</translation>
    </message>
    <message>
        <source>Try %1</source>
        <translation>%1 시험</translation>
    </message>
    <message>
        <source>answered by the server</source>
        <translation>서버가 답함</translation>
    </message>
    <message>
        <source>computed here from the pushed package</source>
        <translation>배포한 패키지로 여기서 계산함</translation>
    </message>
    <message>
        <source>answer %1 ms, %2</source>
        <translation>응답 %1 ms, %2</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>시험해 보기</translation>
    </message>
    <message>
        <source>Drop a picture, or click to open one</source>
        <translation>이미지를 놓거나 눌러서 여세요</translation>
    </message>
    <message>
        <source>%1 v%2 on %3</source>
        <translation>%3의 %1 v%2</translation>
    </message>
    <message>
        <source>Nothing is live on this target yet.</source>
        <translation>아직 이 대상에 서비스 중인 모델이 없습니다.</translation>
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
    <name>lathe::widgets::start::ColumnTable</name>
    <message>
        <source>Image file</source>
        <translation>이미지 파일</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Corners: left</source>
        <translation>모서리: 왼쪽</translation>
    </message>
    <message>
        <source>Corners: top</source>
        <translation>모서리: 위</translation>
    </message>
    <message>
        <source>Corners: right</source>
        <translation>모서리: 오른쪽</translation>
    </message>
    <message>
        <source>Corners: bottom</source>
        <translation>모서리: 아래</translation>
    </message>
    <message>
        <source>Box: left</source>
        <translation>박스: 왼쪽</translation>
    </message>
    <message>
        <source>Box: top</source>
        <translation>박스: 위</translation>
    </message>
    <message>
        <source>Box: centre across</source>
        <translation>박스: 가로 중심</translation>
    </message>
    <message>
        <source>Box: centre down</source>
        <translation>박스: 세로 중심</translation>
    </message>
    <message>
        <source>Box: width</source>
        <translation>박스: 너비</translation>
    </message>
    <message>
        <source>Box: height</source>
        <translation>박스: 높이</translation>
    </message>
    <message>
        <source>Box: [x, y, w, h]</source>
        <translation>박스: [x, y, w, h]</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>신뢰도</translation>
    </message>
    <message>
        <source>Image width</source>
        <translation>이미지 너비</translation>
    </message>
    <message>
        <source>Image height</source>
        <translation>이미지 높이</translation>
    </message>
    <message>
        <source>Occluded</source>
        <translation>가림</translation>
    </message>
    <message>
        <source>Truncated</source>
        <translation>잘림</translation>
    </message>
    <message>
        <source>Crowd</source>
        <translation>군집</translation>
    </message>
    <message>
        <source>Difficult</source>
        <translation>판별 어려움</translation>
    </message>
    <message>
        <source>Columns of the table</source>
        <translation>표의 열</translation>
    </message>
    <message>
        <source>What the columns hold</source>
        <translation>열의 내용</translation>
    </message>
    <message>
        <source>What the column %1 holds</source>
        <translation>%1 열의 내용</translation>
    </message>
    <message>
        <source>Further field</source>
        <translation>추가 필드</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::ContinueCard</name>
    <message>
        <source>Label, %1</source>
        <translation>라벨링, %1</translation>
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
    <message numerus="yes">
        <source>%Ln image(s) left</source>
        <translation>
            <numerusform>이미지 %Ln개 남음</numerusform>
        </translation>
    </message>
    <message>
        <source>All labelled</source>
        <translation>라벨링 완료</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::start::ImportSheet</name>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 가져오기</translation>
    </message>
    <message>
        <source>Found by looking</source>
        <translation>살펴보고 알아내기</translation>
    </message>
    <message>
        <source>As the source has it</source>
        <translation>원본 그대로</translation>
    </message>
    <message>
        <source>Image files</source>
        <translation>이미지 파일</translation>
    </message>
    <message>
        <source>Copy into the workspace</source>
        <translation>작업 공간으로 복사</translation>
    </message>
    <message>
        <source>Leave where they are</source>
        <translation>그 자리에 두기</translation>
    </message>
    <message>
        <source>Keep what is there</source>
        <translation>있는 것을 유지</translation>
    </message>
    <message>
        <source>Add the new ones</source>
        <translation>새 것을 추가</translation>
    </message>
    <message>
        <source>Replace by the source&apos;s</source>
        <translation>원본의 것으로 교체</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Known images</source>
        <translation>이미 있는 이미지</translation>
    </message>
    <message>
        <source>What happens to images of the workspace that have other labels than the source</source>
        <translation>작업 공간의 이미지가 원본과 다른 레이블을 가질 때 어떻게 할지</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Looking at it …</source>
        <translation>살펴보는 중 …</translation>
    </message>
    <message>
        <source>Look at %1</source>
        <translation>%1 살펴보기</translation>
    </message>
    <message>
        <source>%1 image files are not there</source>
        <translation>이미지 파일 %1개가 없습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to know before</source>
        <translation>
            <numerusform>미리 알아 둘 것 %n가지</numerusform>
        </translation>
    </message>
    <message>
        <source>The names of its columns don&apos;t say what they hold: choose it below.</source>
        <translation>열 이름만으로는 내용을 알 수 없습니다. 아래에서 선택하세요.</translation>
    </message>
    <message>
        <source>As the files&apos; database says</source>
        <translation>파일의 데이터베이스 이름에 따라</translation>
    </message>
    <message>
        <source>Corners, counted from 0</source>
        <translation>모서리, 0부터 계산</translation>
    </message>
    <message>
        <source>Pixels from 1, the last included</source>
        <translation>픽셀, 1부터 (마지막 포함)</translation>
    </message>
    <message>
        <source>What the numbers of a Pascal VOC box mean: only the devkit&apos;s own files count from 1</source>
        <translation>Pascal VOC 상자 숫자의 의미: devkit의 파일만 1부터 셉니다</translation>
    </message>
    <message>
        <source>Box numbers</source>
        <translation>상자 숫자</translation>
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
            <numerusform>코어 %n개</numerusform>
        </translation>
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
    <message>
        <source>Review %1</source>
        <translation>%1 검토</translation>
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
            <numerusform>클래스 %n개</numerusform>
        </translation>
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
            <numerusform>학습 실행 %n개</numerusform>
        </translation>
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
            <numerusform>%n개 대기</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n approved</source>
        <translation>
            <numerusform>%n개 승인</numerusform>
        </translation>
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
            <numerusform>대상 %n곳</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n targets</source>
        <translation>
            <numerusform>대상 %n곳</numerusform>
        </translation>
    </message>
    <message>
        <source>Drop a folder of images here</source>
        <translation>이미지 폴더를 여기에 놓으세요</translation>
    </message>
    <message>
        <source>COCO, VOC, YOLO, CVAT and other formats are recognised, archives too</source>
        <translation>COCO, VOC, YOLO, CVAT 등의 형식과 압축 파일을 알아봅니다</translation>
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
        <source>Drop a folder or an archive here: COCO, Pascal VOC, YOLO, CVAT, class folders and other formats are recognised. Or take a sample set with real images.</source>
        <translation>폴더나 압축 파일을 여기에 놓으세요. COCO, Pascal VOC, YOLO, CVAT, 클래스 폴더 등의 형식을 알아봅니다. 실제 이미지가 든 예제 세트를 쓸 수도 있습니다.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>The loop of %1</source>
        <translation>%1의 전체 과정</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>모델 학습하기</translation>
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
            <numerusform>클래스 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::AugmentTags</name>
    <message>
        <source>Click to change; Delete removes it</source>
        <translation>눌러서 바꾸고 Delete로 지웁니다</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 제거</translation>
    </message>
    <message>
        <source>add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Add an augmentation</source>
        <translation>증강 추가</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::ChangeRun</name>
    <message>
        <source>Change the run</source>
        <translation>실행 변경</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 변경</translation>
    </message>
    <message>
        <source>It goes on; the engine takes the change at its next step and keeps it in the history.</source>
        <translation>실행은 계속됩니다. 엔진이 다음 스텝에서 변경을 적용하고 기록에 남깁니다.</translation>
    </message>
    <message>
        <source>any</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source>never</source>
        <translation>안 함</translation>
    </message>
    <message>
        <source>best and last</source>
        <translation>최고와 마지막</translation>
    </message>
    <message>
        <source>every</source>
        <translation>간격</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>워밍업</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Early stop</source>
        <translation>조기 종료</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>가중치 감쇠</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>기울기 노름</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>Nothing was changed so far.</source>
        <translation>아직 변경한 것이 없습니다.</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>에포크 %1</translation>
    </message>
    <message>
        <source>Refused: %1 (%2)</source>
        <translation>거부됨: %1 (%2)</translation>
    </message>
    <message>
        <source>What was changed</source>
        <translation>변경한 것</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>The rate must be a number above 0, such as 0.001 or 1e-3.</source>
        <translation>학습률은 0.001이나 1e-3처럼 0보다 큰 수여야 합니다.</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>아직 바뀐 것이 없습니다.</translation>
    </message>
    <message>
        <source>The engine takes it…</source>
        <translation>엔진이 적용하는 중…</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::CheckpointList</name>
    <message>
        <source>Checkpoints</source>
        <translation>체크포인트</translation>
    </message>
    <message>
        <source>Checkpoints of %1</source>
        <translation>%1의 체크포인트</translation>
    </message>
    <message>
        <source>There is none yet: the first is written after the first epoch.</source>
        <translation>아직 없습니다. 첫 에포크가 끝나면 첫 체크포인트를 저장합니다.</translation>
    </message>
    <message>
        <source>Fork from here</source>
        <translation>여기서 분기</translation>
    </message>
    <message>
        <source>Fills the form of the next run, which then starts from this checkpoint</source>
        <translation>다음 실행의 양식을 채웁니다. 다음 실행은 이 체크포인트에서 시작합니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::NextRun</name>
    <message>
        <source>Settings of the next run</source>
        <translation>다음 학습 설정</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>과제</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>스냅샷</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>스케줄</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>옵티마이저</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>워밍업</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Label smooth</source>
        <translation>라벨 스무딩</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Next run</source>
        <translation>다음 학습</translation>
    </message>
    <message>
        <source>Copy the selected run&apos;s settings</source>
        <translation>선택한 학습 실행의 설정 복사</translation>
    </message>
    <message>
        <source>Back to the presets</source>
        <translation>기본 설정으로 되돌리기</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>증강</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>preset</source>
        <translation>기본값</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>by the pictures</source>
        <translation>이미지에 맞춤</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>프로세서</translation>
    </message>
    <message>
        <source>The rate must be a number such as 0.001 or 1e-3; empty takes the preset.</source>
        <translation>학습률은 0.001이나 1e-3 같은 숫자여야 합니다. 비우면 기본값을 씁니다.</translation>
    </message>
    <message>
        <source>The rate must be above 0 and at most 100; empty takes the preset.</source>
        <translation>학습률은 0보다 크고 100 이하여야 합니다. 비우면 기본값을 씁니다.</translation>
    </message>
    <message>
        <source>Pictures must be at least 8 pixels wide.</source>
        <translation>이미지 너비는 8픽셀 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>There are no images to train on: import some first.</source>
        <translation>학습할 이미지가 없습니다. 먼저 가져오세요.</translation>
    </message>
    <message>
        <source>Batch must be 1 to %1, the number of images.</source>
        <translation>배치는 1부터 이미지 수 %1까지여야 합니다.</translation>
    </message>
    <message>
        <source>fp16 needs a card: choose fp32 or bf16 for the processor.</source>
        <translation>fp16에는 GPU가 필요합니다. 프로세서에서는 fp32나 bf16을 고르세요.</translation>
    </message>
    <message>
        <source>Presets; all may stay as they are</source>
        <translation>기본 설정. 그대로 두어도 됩니다</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>변경 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>no changes yet</source>
        <translation>아직 변경 없음</translation>
    </message>
    <message>
        <source>Copy of %1, %2</source>
        <translation>%1의 복사본, %2</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>약 %1</translation>
    </message>
    <message>
        <source>known after one epoch</source>
        <translation>한 에포크 뒤에 알 수 있음</translation>
    </message>
    <message>
        <source>Freeze now</source>
        <translation>지금 고정</translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln image(s)</source>
        <translation>
            <numerusform>%1, 이미지 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Freeze now, %Ln image(s)</source>
        <translation>
            <numerusform>지금 고정, 이미지 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>클래스 가중치</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>표본 추출</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>가중치 감쇠</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>기울기 노름</translation>
    </message>
    <message>
        <source>Batches a step</source>
        <translation>갱신당 배치</translation>
    </message>
    <message>
        <source>Average decay</source>
        <translation>평균 감쇠</translation>
    </message>
    <message>
        <source>Frozen stages</source>
        <translation>고정 단계</translation>
    </message>
    <message>
        <source>Layer decay</source>
        <translation>층별 감쇠</translation>
    </message>
    <message>
        <source>Early stop</source>
        <translation>조기 종료</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>any</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>never</source>
        <translation>안 함</translation>
    </message>
    <message>
        <source>Under no shape</source>
        <translation>도형 밖 픽셀</translation>
    </message>
    <message>
        <source>A class of their own</source>
        <translation>별도 클래스</translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>무시</translation>
    </message>
    <message>
        <source>Preview the augmentations</source>
        <translation>증강 미리보기</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Copy of a run</source>
        <translation>실행 복사본</translation>
    </message>
    <message>
        <source>Fork of %1 from epoch %2, %3</source>
        <translation>%1의 에포크 %2에서 분기, %3</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::PreviewPage</name>
    <message>
        <source>Drawing…</source>
        <translation>그리는 중…</translation>
    </message>
    <message>
        <source>Preview of the augmentations</source>
        <translation>증강 미리보기</translation>
    </message>
    <message>
        <source>What the network will see</source>
        <translation>네트워크가 보게 될 그림</translation>
    </message>
    <message>
        <source>Training pictures as the augmentations of the next run make them</source>
        <translation>다음 실행의 증강을 거친 학습 그림</translation>
    </message>
    <message>
        <source>Draw others</source>
        <translation>다른 그림</translation>
    </message>
    <message>
        <source>Close the preview</source>
        <translation>미리보기 닫기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::QueueKeeper</name>
    <message>
        <source>The queue waits: %1</source>
        <translation>대기열이 기다립니다: %1</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::QueuePanel</name>
    <message>
        <source>Queue</source>
        <translation>대기열</translation>
    </message>
    <message>
        <source>Queue of runs</source>
        <translation>실행 대기열</translation>
    </message>
    <message>
        <source>Earlier (Alt+Up)</source>
        <translation>앞으로 (Alt+Up)</translation>
    </message>
    <message>
        <source>Later (Alt+Down)</source>
        <translation>뒤로 (Alt+Down)</translation>
    </message>
    <message>
        <source>Take out of the queue (Del)</source>
        <translation>대기열에서 빼기 (Del)</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::RunCentre</name>
    <message>
        <source>Loss and accuracy</source>
        <translation>손실과 정확도</translation>
    </message>
    <message>
        <source>Classes and rates</source>
        <translation>클래스와 학습률</translation>
    </message>
    <message>
        <source>Rates</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>선형</translation>
    </message>
    <message>
        <source>%1, smoothed %2</source>
        <translation>%1, 평활 %2</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>검증 정확도</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Images per second</source>
        <translation>초당 이미지</translation>
    </message>
    <message>
        <source>F1 by class</source>
        <translation>클래스별 F1</translation>
    </message>
    <message>
        <source>Known after the first epoch with validation images.</source>
        <translation>검증 이미지가 있는 첫 에포크 뒤에 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>남은 시간</translation>
    </message>
    <message>
        <source>Images/s</source>
        <translation>이미지/초</translation>
    </message>
    <message>
        <source>Waits for data</source>
        <translation>데이터 대기</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>학습 진행</translation>
    </message>
    <message>
        <source>Scale, axis, smoothing</source>
        <translation>눈금, 축, 평활</translation>
    </message>
    <message>
        <source>Logarithmic loss</source>
        <translation>로그 손실</translation>
    </message>
    <message>
        <source>By epoch</source>
        <translation>에포크별</translation>
    </message>
    <message>
        <source>By step</source>
        <translation>스텝별</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>시간별</translation>
    </message>
    <message>
        <source>Smoothed %1</source>
        <translation>평활 %1</translation>
    </message>
    <message>
        <source>Not smoothed</source>
        <translation>평활 안 함</translation>
    </message>
    <message>
        <source>val, %1</source>
        <translation>검증, %1</translation>
    </message>
    <message>
        <source>train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>val</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>images/s</source>
        <translation>이미지/초</translation>
    </message>
    <message>
        <source>no run</source>
        <translation>학습 실행 없음</translation>
    </message>
    <message>
        <source>%1, val accuracy</source>
        <translation>%1, 검증 정확도</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>아직 모름</translation>
    </message>
    <message>
        <source>best %1 at epoch %2</source>
        <translation>최고 %1, 에포크 %2</translation>
    </message>
    <message>
        <source>no validation yet</source>
        <translation>아직 검증 없음</translation>
    </message>
    <message>
        <source>+%1 over %2</source>
        <translation>%2보다 +%1</translation>
    </message>
    <message>
        <source>−%1 under %2</source>
        <translation>%2보다 −%1</translation>
    </message>
    <message>
        <source>mark: %1</source>
        <translation>표시: %1</translation>
    </message>
    <message>
        <source>bars from %1</source>
        <translation>막대 시작 %1</translation>
    </message>
    <message>
        <source>best %1</source>
        <translation>최고 %1</translation>
    </message>
    <message>
        <source>Validation AP</source>
        <translation>검증 AP</translation>
    </message>
    <message>
        <source>Validation mean IoU</source>
        <translation>검증 평균 IoU</translation>
    </message>
    <message>
        <source>AP50 by class</source>
        <translation>클래스별 AP50</translation>
    </message>
    <message>
        <source>IoU by class</source>
        <translation>클래스별 IoU</translation>
    </message>
    <message>
        <source>%1, val AP</source>
        <translation>%1, 검증 AP</translation>
    </message>
    <message>
        <source>%1, val mean IoU</source>
        <translation>%1, 검증 평균 IoU</translation>
    </message>
    <message>
        <source>Shares of a step</source>
        <translation>스텝의 시간 비율</translation>
    </message>
    <message>
        <source>What waits for what is known after the first epoch.</source>
        <translation>무엇이 무엇을 기다리는지는 첫 에포크 뒤에 알 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::RunLog</name>
    <message>
        <source>Log of the run</source>
        <translation>학습 기록</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>이벤트</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>체크포인트</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>로그 검색</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>로그에서 찾기</translation>
    </message>
    <message>
        <source>Log lines</source>
        <translation>로그 줄</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>일치하는 것이 없습니다</translation>
    </message>
    <message>
        <source>A checkpoint is written after each epoch.</source>
        <translation>에포크마다 체크포인트를 저장합니다.</translation>
    </message>
    <message>
        <source>Nothing was said yet.</source>
        <translation>아직 기록이 없습니다.</translation>
    </message>
    <message>
        <source>All lines</source>
        <translation>모든 줄</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>경고와 오류</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>How grave a line must be</source>
        <translation>보여 줄 줄의 심각도</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::RunsModel</name>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>%1, snapshot %2</source>
        <translation>%1, 스냅샷 %2</translation>
    </message>
    <message>
        <source>in the queue</source>
        <translation>대기열에 있음</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::TrainMode</name>
    <message>
        <source>Runs</source>
        <translation>학습 실행</translation>
    </message>
    <message>
        <source>Run folder runs/%1</source>
        <translation>학습 폴더 runs/%1</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>에포크 %1</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Start a run</source>
        <translation>학습 시작</translation>
    </message>
    <message>
        <source>Tell the engine</source>
        <translation>엔진에 알리기</translation>
    </message>
    <message>
        <source>Resume the run</source>
        <translation>학습 이어 가기</translation>
    </message>
    <message>
        <source>Read the settings</source>
        <translation>설정 읽기</translation>
    </message>
    <message>
        <source>Delete run</source>
        <translation>학습 실행 삭제</translation>
    </message>
    <message>
        <source>Delete run %1?</source>
        <translation>학습 실행 %1을(를) 삭제할까요?</translation>
    </message>
    <message>
        <source>Its folder with settings, curves and checkpoints goes for good. Packages made from it stay.</source>
        <translation>설정, 곡선, 체크포인트가 든 폴더가 완전히 삭제됩니다. 여기서 만든 패키지는 남습니다.</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 삭제</translation>
    </message>
    <message>
        <source>Ask the engine for devices</source>
        <translation>엔진에 장치 묻기</translation>
    </message>
    <message>
        <source>Read the runs</source>
        <translation>학습 실행 읽기</translation>
    </message>
    <message>
        <source>Read curves</source>
        <translation>곡선 읽기</translation>
    </message>
    <message>
        <source>Read the run</source>
        <translation>학습 실행 읽기</translation>
    </message>
    <message>
        <source>No workspace is open</source>
        <translation>열린 작업 공간이 없습니다</translation>
    </message>
    <message>
        <source>Open one, or take a sample set, to train on it.</source>
        <translation>작업 공간을 열거나 예제 세트로 학습하세요.</translation>
    </message>
    <message>
        <source>No images to train on</source>
        <translation>학습할 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Import a folder of images and labels, or take a sample set.</source>
        <translation>이미지와 라벨 폴더를 가져오거나 예제 세트를 쓰세요.</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>아직 학습 실행이 없습니다</translation>
    </message>
    <message>
        <source>The presets at the left are a good start: the images are frozen, then it trains.</source>
        <translation>왼쪽의 기본 설정으로 시작하면 됩니다. 이미지를 고정한 뒤 학습합니다.</translation>
    </message>
    <message>
        <source>The engine ended in epoch %1. Nothing is lost.</source>
        <translation>에포크 %1에서 엔진이 종료되었습니다. 잃은 것은 없습니다.</translation>
    </message>
    <message>
        <source>The engine ended in epoch %1 (%2). Nothing is lost.</source>
        <translation>에포크 %1에서 엔진이 종료되었습니다(%2). 잃은 것은 없습니다.</translation>
    </message>
    <message>
        <source>The run failed.</source>
        <translation>학습에 실패했습니다.</translation>
    </message>
    <message>
        <source>The run failed: %1</source>
        <translation>학습에 실패했습니다: %1</translation>
    </message>
    <message>
        <source>Stopped in epoch %1. It can go on from there.</source>
        <translation>에포크 %1에서 중지했습니다. 거기서 이어 갈 수 있습니다.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>이어 가기</translation>
    </message>
    <message>
        <source>Copy run</source>
        <translation>학습 복사</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Start next run</source>
        <translation>다음 학습 시작</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Compare the ticked runs</source>
        <translation>선택한 학습 실행 비교</translation>
    </message>
    <message>
        <source>Delete run…</source>
        <translation>학습 실행 삭제…</translation>
    </message>
    <message>
        <source>Import images</source>
        <translation>이미지 가져오기</translation>
    </message>
    <message>
        <source>Read the report</source>
        <translation>보고서 읽기</translation>
    </message>
    <message>
        <source>Check the next run</source>
        <translation>다음 실행 점검</translation>
    </message>
    <message>
        <source>Preview the augmentations</source>
        <translation>증강 미리보기</translation>
    </message>
    <message>
        <source>Find the largest batch</source>
        <translation>가장 큰 배치 찾기</translation>
    </message>
    <message>
        <source>Validation pictures</source>
        <translation>검증 그림</translation>
    </message>
    <message>
        <source>Change the run…</source>
        <translation>실행 변경…</translation>
    </message>
    <message>
        <source>Checkpoints…</source>
        <translation>체크포인트…</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>로그에서 찾기</translation>
    </message>
    <message>
        <source>Pages of the run</source>
        <translation>실행의 페이지</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>What the network will see</source>
        <translation>네트워크가 보게 될 그림</translation>
    </message>
    <message>
        <source>Change the run</source>
        <translation>실행 변경</translation>
    </message>
    <message>
        <source>The run was changed at epoch %1</source>
        <translation>에포크 %1에서 실행을 변경했습니다</translation>
    </message>
    <message>
        <source>The change waits until the engine takes it</source>
        <translation>변경은 엔진이 적용할 때까지 기다립니다</translation>
    </message>
    <message>
        <source>Read the checkpoints</source>
        <translation>체크포인트 읽기</translation>
    </message>
    <message>
        <source>Queue a run</source>
        <translation>실행을 대기열에 넣기</translation>
    </message>
    <message>
        <source>Change the queue</source>
        <translation>대기열 변경</translation>
    </message>
    <message>
        <source>Queue next run</source>
        <translation>다음 실행을 대기열에</translation>
    </message>
    <message>
        <source>Resume when its turn comes</source>
        <translation>차례가 되면 이어 가기</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::ValidationModel</name>
    <message>
        <source>right</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>틀림</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::ValidationPage</name>
    <message>
        <source>Read the validation pictures</source>
        <translation>검증 그림 읽기</translation>
    </message>
    <message>
        <source>The validation pictures can&apos;t be read</source>
        <translation>검증 그림을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>에포크 %1</translation>
    </message>
    <message>
        <source>No validation pictures yet</source>
        <translation>아직 검증 그림이 없습니다</translation>
    </message>
    <message>
        <source>After the first epoch a few validation images show what the model says of them.</source>
        <translation>첫 에포크가 끝나면 검증 이미지 몇 장에서 모델이 무엇이라고 하는지 보여 줍니다.</translation>
    </message>
    <message>
        <source>None of them is wrong</source>
        <translation>틀린 것이 없습니다</translation>
    </message>
    <message>
        <source>All pictures shown are right after this epoch.</source>
        <translation>이 에포크 뒤에는 보이는 그림이 모두 맞습니다.</translation>
    </message>
    <message>
        <source>%1 of %2 wrong</source>
        <translation>%2개 중 %1개 오답</translation>
    </message>
    <message>
        <source>Draw the validation pictures</source>
        <translation>검증 그림 그리기</translation>
    </message>
    <message>
        <source>Validation pictures</source>
        <translation>검증 그림</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>그리는 것</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>오답</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
    <message>
        <source>Wrong only</source>
        <translation>오답만</translation>
    </message>
    <message>
        <source>Back to all pictures</source>
        <translation>모든 그림으로 돌아가기</translation>
    </message>
    <message>
        <source>Follow the newest epoch</source>
        <translation>최신 에포크 따라가기</translation>
    </message>
    <message>
        <source>white dashes: missed</source>
        <translation>흰 점선: 놓침</translation>
    </message>
</context>
<context>
    <name>lathe::widgets::train::ValidationView</name>
    <message>
        <source>right</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>틀림</translation>
    </message>
    <message>
        <source>Validation picture</source>
        <translation>검증 그림</translation>
    </message>
    <message>
        <source>Surest classes</source>
        <translation>가장 확신하는 클래스</translation>
    </message>
    <message>
        <source>%1 of the pixels</source>
        <translation>픽셀의 %1</translation>
    </message>
    <message>
        <source>%1 missed, %2 too many</source>
        <translation>놓침 %1, 초과 %2</translation>
    </message>
</context>
</TS>
