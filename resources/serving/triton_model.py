"""Runs the model.onnx beside this file with ONNX Runtime, on a Triton that has the python backend alone. Written by Lathe."""
import os

import onnxruntime
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def initialize(self, args):
        file = os.path.join(os.path.dirname(os.path.abspath(__file__)), "model.onnx")
        self.session = onnxruntime.InferenceSession(file, providers=onnxruntime.get_available_providers())
        self.input = self.session.get_inputs()[0].name
        self.output = self.session.get_outputs()[0].name

    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        pixels = pb_utils.get_input_tensor_by_name(request, self.input).as_numpy()
        logits = self.session.run([self.output], {self.input: pixels})[0]
        return pb_utils.InferenceResponse([pb_utils.Tensor(self.output, logits)])
