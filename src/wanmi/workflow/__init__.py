"""Runs BPMN drawings, keeps tasks and clocks; blind to meaning."""
