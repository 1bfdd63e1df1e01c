"""A way to learn: modules with readings and questions, at each reader's own pace. What she has done
and written is hers alone.
"""
