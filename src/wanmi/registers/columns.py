"""What others call the columns of a part, and the words they write in them.

First the abbreviations of GB/T 47678.5-2026 table 2, then the names in use with the
editions of 2007 and 2013.
"""

from typing import Final

from .models import PartState

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "identifier": ("GLBJBSM", "ObjID", "OBJID", "objid", "标识码", "部件标识码"),
    "category": ("class", "code", "ObjCode", "小类代码", "小类", "部件类型"),
    "name_zh": ("name", "GLBJMC", "ObjName", "OBJNAME", "名称", "部件名称"),
    "name_en": ("英文名称",),
    "department_code": ("ZGBMDM", "DeptCode1", "DEPTCODE1", "主管部门代码"),
    "department_name": ("ZGBMMC", "DeptName1", "DEPTNAME1", "主管部门名称", "主管部门"),
    "owner_code": ("QSDWDM", "DeptCode2", "DEPTCODE2", "权属单位代码"),
    "owner_name": ("QSDWMC", "DeptName2", "DEPTNAME2", "权属单位名称", "权属单位"),
    "maintainer_code": ("YHDWDM", "DeptCode3", "DEPTCODE3", "养护单位代码"),
    "maintainer_name": ("YHDWMC", "DeptName3", "DEPTNAME3", "养护单位名称", "养护单位"),
    "state": ("GLBJZT", "ObjState", "OBJSTATE", "状态", "部件状态"),
    "initial_date": ("CSRQ", "ORDate", "ORDATE", "初始日期"),
    "data_source": ("SJLY", "DataSource", "DATASOURCE", "数据来源"),
    "note": ("BZ", "Note", "NOTE", "备注"),
    "position_class": ("position", "定位精度"),
    "division_code": ("division", "行政区划代码"),
    "edition": (),
}

STATES: Final[dict[str, str]] = {
    "完好": PartState.INTACT,
    "破损": PartState.DAMAGED,
    "丢失": PartState.LOST,
    "废弃": PartState.ABANDONED,
    "移除": PartState.REMOVED,
}

SOURCES: Final[dict[str, str]] = {
    "实测": "surveyed",
    "地形图": "topographic_map",
    "基础地理数据": "base_geodata",
    "其他": "other",
}
