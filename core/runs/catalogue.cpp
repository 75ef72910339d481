#include "core/runs/catalogue.h"

#include <algorithm>

// For lupdate, which follows no other macro; the window translates these words.
#define QT_TRANSLATE_NOOP(context, text) text

namespace lathe::runs {
namespace {

constexpr double kMany = 16384;

const std::vector<Choice>& tasks() {
    static const std::vector<Choice> all = {
        {"classify", QT_TRANSLATE_NOOP("Catalogue", "Classification"), QT_TRANSLATE_NOOP("Catalogue", "One class for the picture")},
        {"detect", QT_TRANSLATE_NOOP("Catalogue", "Detection"), QT_TRANSLATE_NOOP("Catalogue", "A box round every object")},
        {"segment", QT_TRANSLATE_NOOP("Catalogue", "Segmentation"), QT_TRANSLATE_NOOP("Catalogue", "A class for every pixel")},
    };
    return all;
}

const std::vector<Choice>& models() {
    static const std::vector<Choice> all = {
        {"auto", QT_TRANSLATE_NOOP("Catalogue", "Automatic"), QT_TRANSLATE_NOOP("Catalogue", "By the size of the pictures")},
        {"small",
         QT_TRANSLATE_NOOP("Catalogue", "Small residual net"),
         QT_TRANSLATE_NOOP("Catalogue", "Fast, for pictures up to 64 pixels"),
         {{"width", QT_TRANSLATE_NOOP("Catalogue", "Width"), 16, 2, 256, true}},
         Classify},
        {"resnet18",
         QT_TRANSLATE_NOOP("Catalogue", "ResNet-18"),
         QT_TRANSLATE_NOOP("Catalogue", "The usual first choice"),
         {},
         Classify},
        {"resnet34", QT_TRANSLATE_NOOP("Catalogue", "ResNet-34"), QT_TRANSLATE_NOOP("Catalogue", "Twice as deep"), {}, Classify},
        {"resnet50",
         QT_TRANSLATE_NOOP("Catalogue", "ResNet-50"),
         QT_TRANSLATE_NOOP("Catalogue", "Wide; wants a card"),
         {},
         Classify},
        {"mobilenet_v3_large",
         QT_TRANSLATE_NOOP("Catalogue", "MobileNetV3-Large"),
         QT_TRANSLATE_NOOP("Catalogue", "Few multiplications, for small machines"),
         {},
         Classify},
        {"convnext_tiny",
         QT_TRANSLATE_NOOP("Catalogue", "ConvNeXt-Tiny"),
         QT_TRANSLATE_NOOP("Catalogue", "Accurate from given weights; wants a card"),
         {},
         Classify},
        {"vit_tiny_patch16",
         QT_TRANSLATE_NOOP("Catalogue", "ViT-Tiny"),
         QT_TRANSLATE_NOOP("Catalogue", "Transformer; sides must divide by 16"),
         {},
         Classify},
        {"vit_small_patch16",
         QT_TRANSLATE_NOOP("Catalogue", "ViT-Small"),
         QT_TRANSLATE_NOOP("Catalogue", "Transformer; sides must divide by 16, wants a card"),
         {},
         Classify},
        {"fcos_light",
         QT_TRANSLATE_NOOP("Catalogue", "FCOS, light"),
         QT_TRANSLATE_NOOP("Catalogue", "Boxes, in sizes for a processor"),
         {},
         Detect},
        {"fcos_resnet18_fpn",
         QT_TRANSLATE_NOOP("Catalogue", "FCOS on ResNet-18"),
         QT_TRANSLATE_NOOP("Catalogue", "Boxes; wants a card"),
         {},
         Detect},
        {"fcos_resnet50_fpn",
         QT_TRANSLATE_NOOP("Catalogue", "FCOS on ResNet-50"),
         QT_TRANSLATE_NOOP("Catalogue", "Boxes; accurate, wants a card"),
         {},
         Detect},
        {"unet_light",
         QT_TRANSLATE_NOOP("Catalogue", "U-Net, light"),
         QT_TRANSLATE_NOOP("Catalogue", "Pixels, in sizes for a processor"),
         {},
         Segment},
        {"unet_resnet18",
         QT_TRANSLATE_NOOP("Catalogue", "U-Net on ResNet-18"),
         QT_TRANSLATE_NOOP("Catalogue", "Pixels; wants a card"),
         {},
         Segment},
        {"unet_resnet34",
         QT_TRANSLATE_NOOP("Catalogue", "U-Net on ResNet-34"),
         QT_TRANSLATE_NOOP("Catalogue", "Pixels; accurate, wants a card"),
         {},
         Segment},
    };
    return all;
}

const std::vector<Choice>& optimizers() {
    static const std::vector<Choice> all = {
        {"auto", QT_TRANSLATE_NOOP("Catalogue", "Automatic"), QT_TRANSLATE_NOOP("Catalogue", "What suits the model")},
        {"adamw", QT_TRANSLATE_NOOP("Catalogue", "AdamW"), QT_TRANSLATE_NOOP("Catalogue", "Forgiving of the learning rate")},
        {"sgd",
         QT_TRANSLATE_NOOP("Catalogue", "SGD"),
         QT_TRANSLATE_NOOP("Catalogue", "With Nesterov's momentum"),
         {{"momentum", QT_TRANSLATE_NOOP("Catalogue", "Momentum"), 0.9, 0, 1}}},
        {"muon", QT_TRANSLATE_NOOP("Catalogue", "Muon"),
         QT_TRANSLATE_NOOP("Catalogue", "Orthogonal steps for matrices, AdamW for the rest")},
    };
    return all;
}

const std::vector<Choice>& schedules() {
    static const std::vector<Choice> all = {
        {"cosine",
         QT_TRANSLATE_NOOP("Catalogue", "Cosine"),
         QT_TRANSLATE_NOOP("Catalogue", "Half a cosine down to the floor"),
         {{"floor", QT_TRANSLATE_NOOP("Catalogue", "Floor"), 0, 0, 1}}},
        {"constant", QT_TRANSLATE_NOOP("Catalogue", "Constant"), QT_TRANSLATE_NOOP("Catalogue", "The same rate throughout")},
        {"one_cycle",
         QT_TRANSLATE_NOOP("Catalogue", "One cycle"),
         QT_TRANSLATE_NOOP("Catalogue", "Up from a 25th of the rate, then down to nothing"),
         {{"peak", QT_TRANSLATE_NOOP("Catalogue", "Peak"), 0.3, 0.01, 0.99}}},
        {"step",
         QT_TRANSLATE_NOOP("Catalogue", "Steps"),
         QT_TRANSLATE_NOOP("Catalogue", "Times the factor every so many epochs"),
         {{"every", QT_TRANSLATE_NOOP("Catalogue", "Every, epochs"), 30, 1, 100000, true},
          {"factor", QT_TRANSLATE_NOOP("Catalogue", "Factor"), 0.1, 0, 1}}},
        {"polynomial",
         QT_TRANSLATE_NOOP("Catalogue", "Polynomial"),
         QT_TRANSLATE_NOOP("Catalogue", "What is left of the run, to a power"),
         {{"power", QT_TRANSLATE_NOOP("Catalogue", "Power"), 0.9, 0.01, 10}}},
        {"plateau",
         QT_TRANSLATE_NOOP("Catalogue", "Plateau"),
         QT_TRANSLATE_NOOP("Catalogue", "Times the factor when validation stops getting better"),
         {{"patience", QT_TRANSLATE_NOOP("Catalogue", "Patience, epochs"), 5, 0, 100000, true},
          {"factor", QT_TRANSLATE_NOOP("Catalogue", "Factor"), 0.1, 0, 1}}},
    };
    return all;
}

const std::vector<Choice>& losses() {
    static const std::vector<Choice> all = {
        {"auto", QT_TRANSLATE_NOOP("Catalogue", "Automatic"), QT_TRANSLATE_NOOP("Catalogue", "The usual one of the task")},
        {"cross_entropy",
         QT_TRANSLATE_NOOP("Catalogue", "Cross entropy"),
         QT_TRANSLATE_NOOP("Catalogue", "The usual one"),
         {},
         Classify | Segment},
        {"focal",
         QT_TRANSLATE_NOOP("Catalogue", "Focal"),
         QT_TRANSLATE_NOOP("Catalogue", "Less weight on what is right already"),
         {{"gamma", QT_TRANSLATE_NOOP("Catalogue", "Gamma"), 2, 0, 10}},
         Classify | Segment},
        {"bce",
         QT_TRANSLATE_NOOP("Catalogue", "Binary, a class at a time"),
         QT_TRANSLATE_NOOP("Catalogue", "Each class against all others"),
         {},
         Classify},
        {"dice",
         QT_TRANSLATE_NOOP("Catalogue", "Cross entropy and Dice"),
         QT_TRANSLATE_NOOP("Catalogue", "Small regions count as much as large ones"),
         {{"share", QT_TRANSLATE_NOOP("Catalogue", "Dice's share"), 0.5, 0, 1}},
         Segment},
        {"fcos",
         QT_TRANSLATE_NOOP("Catalogue", "FCOS"),
         QT_TRANSLATE_NOOP("Catalogue", "Focal for classes, GIoU for boxes, and how central a place is"),
         {{"gamma", QT_TRANSLATE_NOOP("Catalogue", "Gamma"), 2, 0, 10}},
         Detect},
    };
    return all;
}

const std::vector<Choice>& augmentations() {
    static const std::vector<Choice> all = {
        {"flip",
         QT_TRANSLATE_NOOP("Catalogue", "flip"),
         QT_TRANSLATE_NOOP("Catalogue", "Left and right, with this probability"),
         {{"p", QT_TRANSLATE_NOOP("Catalogue", "Probability"), 0.5, 0, 1}}},
        {"flip_vertical",
         QT_TRANSLATE_NOOP("Catalogue", "flip vertically"),
         QT_TRANSLATE_NOOP("Catalogue", "Top and bottom, with this probability"),
         {{"p", QT_TRANSLATE_NOOP("Catalogue", "Probability"), 0.5, 0, 1}}},
        {"shift",
         QT_TRANSLATE_NOOP("Catalogue", "shift"),
         QT_TRANSLATE_NOOP("Catalogue", "By up to so many pixels"),
         {{"pixels", QT_TRANSLATE_NOOP("Catalogue", "Pixels"), 2, 0, kMany, true}}},
        {"crop",
         QT_TRANSLATE_NOOP("Catalogue", "crop"),
         QT_TRANSLATE_NOOP("Catalogue", "A window of the padded picture; padding in pixels"),
         {{"padding", QT_TRANSLATE_NOOP("Catalogue", "Padding, pixels"), 4, 0, kMany, true}}},
        {"zoom_crop",
         QT_TRANSLATE_NOOP("Catalogue", "zoom crop"),
         QT_TRANSLATE_NOOP("Catalogue", "A part of the picture, from this share of its area on, made as large as the whole"),
         {{"least", QT_TRANSLATE_NOOP("Catalogue", "Least share"), 0.35, 0.01, 1}}},
        {"affine",
         QT_TRANSLATE_NOOP("Catalogue", "turn and scale"),
         QT_TRANSLATE_NOOP("Catalogue", "By up to so much, about the middle"),
         {{"degrees", QT_TRANSLATE_NOOP("Catalogue", "Turn, degrees"), 15, 0, 180},
          {"scale", QT_TRANSLATE_NOOP("Catalogue", "Scale, share"), 0.1, 0, 0.9},
          {"shear", QT_TRANSLATE_NOOP("Catalogue", "Shear, degrees"), 0, 0, 60}}},
        {"colour",
         QT_TRANSLATE_NOOP("Catalogue", "colour"),
         QT_TRANSLATE_NOOP("Catalogue", "Light and colour by up to these shares"),
         {{"brightness", QT_TRANSLATE_NOOP("Catalogue", "Brightness"), 0.2, 0, 1},
          {"contrast", QT_TRANSLATE_NOOP("Catalogue", "Contrast"), 0.2, 0, 1},
          {"saturation", QT_TRANSLATE_NOOP("Catalogue", "Saturation"), 0.2, 0, 1},
          {"hue", QT_TRANSLATE_NOOP("Catalogue", "Hue, share of the circle"), 0.02, 0, 0.5}}},
        {"blur",
         QT_TRANSLATE_NOOP("Catalogue", "blur"),
         QT_TRANSLATE_NOOP("Catalogue", "Gaussian, up to this sigma"),
         {{"sigma", QT_TRANSLATE_NOOP("Catalogue", "Sigma, pixels"), 1, 0, 10},
          {"p", QT_TRANSLATE_NOOP("Catalogue", "Probability"), 0.3, 0, 1}}},
        {"noise",
         QT_TRANSLATE_NOOP("Catalogue", "noise"),
         QT_TRANSLATE_NOOP("Catalogue", "Gaussian, up to this sigma of 255"),
         {{"sigma", QT_TRANSLATE_NOOP("Catalogue", "Sigma of 255"), 8, 0, 128},
          {"p", QT_TRANSLATE_NOOP("Catalogue", "Probability"), 0.3, 0, 1}}},
        {"erase",
         QT_TRANSLATE_NOOP("Catalogue", "erase"),
         QT_TRANSLATE_NOOP("Catalogue", "A rectangle filled with noise"),
         {{"area", QT_TRANSLATE_NOOP("Catalogue", "Most of the area, share"), 0.2, 0, 0.9},
          {"p", QT_TRANSLATE_NOOP("Catalogue", "Probability"), 0.25, 0, 1}}},
        {"rand",
         QT_TRANSLATE_NOOP("Catalogue", "random ones"),
         QT_TRANSLATE_NOOP("Catalogue",
                           "So many of turn, shear, shift, light, contrast, colour, blur and posterise, at this strength"),
         {{"count", QT_TRANSLATE_NOOP("Catalogue", "How many"), 2, 1, 8, true},
          {"strength", QT_TRANSLATE_NOOP("Catalogue", "Strength"), 0.3, 0, 1}}},
        {"mixup",
         QT_TRANSLATE_NOOP("Catalogue", "mixup"),
         QT_TRANSLATE_NOOP("Catalogue", "Two pictures through each other, and their labels"),
         {{"alpha", QT_TRANSLATE_NOOP("Catalogue", "Alpha of the Beta distribution"), 0.2, 0.01, 10}},
         Classify},
        {"cutmix",
         QT_TRANSLATE_NOOP("Catalogue", "cutmix"),
         QT_TRANSLATE_NOOP("Catalogue", "A rectangle of one picture in another, and its share of the labels"),
         {{"alpha", QT_TRANSLATE_NOOP("Catalogue", "Alpha of the Beta distribution"), 1, 0.01, 10}},
         Classify},
        {"mosaic",
         QT_TRANSLATE_NOOP("Catalogue", "mosaic"),
         QT_TRANSLATE_NOOP("Catalogue", "Four pictures in one, with this probability"),
         {{"p", QT_TRANSLATE_NOOP("Catalogue", "Probability"), 0.5, 0, 1}},
         Detect | Segment},
    };
    return all;
}

const std::vector<Choice>& samplers() {
    static const std::vector<Choice> all = {
        {"shuffled", QT_TRANSLATE_NOOP("Catalogue", "Each once"), QT_TRANSLATE_NOOP("Catalogue", "In a new order each epoch")},
        {"balanced", QT_TRANSLATE_NOOP("Catalogue", "Classes alike"),
         QT_TRANSLATE_NOOP("Catalogue", "As many of each class, rare ones repeated")},
        {"weighted",
         QT_TRANSLATE_NOOP("Catalogue", "Rare ones more often"),
         QT_TRANSLATE_NOOP("Catalogue", "Between the two: power 0 is each once, 1 is classes alike"),
         {{"power", QT_TRANSLATE_NOOP("Catalogue", "Power"), 0.5, 0, 1}}},
    };
    return all;
}

const std::vector<Choice>& classWeights() {
    static const std::vector<Choice> all = {
        {"none", QT_TRANSLATE_NOOP("Catalogue", "Alike"), QT_TRANSLATE_NOOP("Catalogue", "Every picture counts the same")},
        {"inverse", QT_TRANSLATE_NOOP("Catalogue", "Inverse"), QT_TRANSLATE_NOOP("Catalogue", "By 1 / how many")},
        {"sqrt_inverse", QT_TRANSLATE_NOOP("Catalogue", "Square root"),
         QT_TRANSLATE_NOOP("Catalogue", "By 1 / the root of how many")},
        {"effective",
         QT_TRANSLATE_NOOP("Catalogue", "Effective number"),
         QT_TRANSLATE_NOOP("Catalogue", "As Cui et al. 2019"),
         {{"beta", QT_TRANSLATE_NOOP("Catalogue", "Beta"), 0.999, 0, 0.999999}}},
        {"median", QT_TRANSLATE_NOOP("Catalogue", "Median frequency"),
         QT_TRANSLATE_NOOP("Catalogue", "Median of how many / how many")},
    };
    return all;
}

}  // namespace

const Option* Choice::find(std::string_view option) const {
    const auto at = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.name == option; });
    return at == options.end() ? nullptr : &*at;
}

std::span<const Choice> choices(Seam seam) {
    switch (seam) {
        case Seam::Task: return tasks();
        case Seam::Model: return models();
        case Seam::Optimizer: return optimizers();
        case Seam::Schedule: return schedules();
        case Seam::Loss: return losses();
        case Seam::Augmentation: return augmentations();
        case Seam::Sampler: return samplers();
        case Seam::ClassWeights: return classWeights();
    }
    return {};
}

const Choice* find(Seam seam, std::string_view name) {
    const auto all = choices(seam);
    const auto at = std::find_if(all.begin(), all.end(), [&](const Choice& c) { return c.name == name; });
    return at == all.end() ? nullptr : &*at;
}

bool Choice::serves(std::string_view task) const {
    if (task == "classify") return tasks & Classify;
    if (task == "detect") return tasks & Detect;
    return task != "segment" || tasks & Segment;
}

std::vector<std::string> names(Seam seam, std::string_view task) {
    std::vector<std::string> out;
    for (const Choice& choice : choices(seam))
        if (task.empty() || choice.serves(task)) out.emplace_back(choice.name);
    return out;
}

std::string_view metricOf(std::string_view task) {
    return task == "detect" ? "ap" : task == "segment" ? "miou" : "accuracy";
}

double valueOf(const Choice& choice, const Json& options, std::string_view option) {
    const Option* known = choice.find(option);
    const double fallback = known ? known->fallback : 0;
    if (!options.is_object()) return fallback;
    const auto given = options.find(std::string(option));
    return given != options.end() && given->is_number() ? given->get<double>() : fallback;
}

double Named::number(Seam seam, std::string_view option) const {
    const Choice* choice = find(seam, name);
    return choice ? valueOf(*choice, options, option) : 0;
}

}  // namespace lathe::runs
