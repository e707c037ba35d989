"""`python -m plotting`: a JSON list of charts on stdin, a list of SVGs on stdout."""

from plotting.charts import draw_chart
from plotting.working import work_off

work_off(draw_chart)
