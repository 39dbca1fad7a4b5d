"""Numbers that tell what there is, or how large a project is: nobody promises them."""

from __future__ import annotations

import re

from normalize import units
from normalize.phrases import Prefix
from normalize.quantities import Quantity

# 户籍人口52万人: how many there are.
_STANDING = re.compile(r"(?:户籍|常住|农业|老年)人口$|总人口$|(?:辖区|国土|区域|耕地|林地|土地)(?:总)?面积$|县总面积$|[区市镇]总面积$")
_OF_PEOPLE = re.compile(r"占(?:总|户籍|常住|全[市区县省])?(?:人口|总人口)(?:比重)?的?$|(?<![不])仅$|(?:下辖|管辖|[,，]辖|^辖)$")
_IN_BASIS = re.compile(r"[^,，。;；]{0,16}?(?:基础|前提)(?:上|之上)")
# 总投资 and 占地 describe a project.
_DESCRIBED = re.compile(r"(?:总投资额?|投资概算|概算投资|总建筑面积|占地面积|用地面积|总用地|占地|全长|总长度?|路基宽度?|红线宽度?|设计时速|总高度|设计规模|资金需求|涉及[^,，。;；、]{0,8})(?:为|约|达)?$")
# 匝道日均车流量1.2万辆,年内拓宽; 隧道限高4.5米: what a thing is made for or can hold, which nobody promises.
_ATTRIBUTE = re.compile(
    r"(?<!新增)(?<!增加)(?<!净增)(?<!扩大)(?<!提升)(?<!提高)(?<!扩充)(?:设计(?:日|年)?(?:处理|供水|生产|接待|通行|通过)?(?:能力|规模|库容|流量|容量|产能|床位|使用年限)|限[载高重宽速]|库容量?|供电半径|(?:最大|瞬时|日)?承载量|车流量|规划用地"
    r"|(?<![新增开建加])设(?:有|置)?(?:床位|学位|座位|车位|泊位))(?:为|约|达)?$"
)
# 涉及7200户、建筑面积68万平方米: both describe.
_SAME_DESCRIPTION = re.compile(r"涉及[^,，。;；]{0,8}[0-9.]+[^,，。;；、0-9]{0,6}、(?:总)?(?:建筑|用地|占地)?面积$")
# 总建筑面积11.6万平方米、核定床位800张: what a project holds.
_HELD_BY_PROJECT = re.compile(
    r"(?:总投资|总?建筑面积|占地(?:面积)?|用地面积)(?:约|为)?[0-9.]+[^。;；0-9]{1,12}(?:核定|设置|设有|设计|规划|可容纳|可提供|配套)(?:床位|学位|泊位|车位|班级|教学班|座位|户|套)?(?:数)?$"
)
# 全县共需改造危桥31座
_NEEDED = re.compile(r"(?:共|尚|还|仍)需要?[^,，。;；0-9]{0,12}$")
# 日处理量约420吨: how much there is.
_SIZE_OF_WHAT_IS = re.compile(r"(?:全[县市区镇乡]|城区|辖区|目前|现)[^,，。;；]{0,12}(?:量|长度|面积|里程|人口|[人户]数)$")
_WEIGHT = re.compile(r"(?:权重|分值(?!付费))[^,，。;；]{0,12}$")
_REACH = 30


def class_of_what_is(folded: str, quantity: Quantity, start: int, end: int, prefix: Prefix, is_alone: bool) -> str:
    """``fact``, ``descriptor`` or ``rule`` for a number that tells what there is; empty for any other. ``prefix``: the words before
    it; ``is_alone``: no verb stands before it, and nothing that it counts behind.
    """
    bare = folded[max(start, prefix.stop - _REACH) : prefix.stop].rstrip()
    base_unit = units.split_scale(quantity.unit)[0]
    if quantity.is_chinese and re.match(r"[0-9.]+%", folded[quantity.end : end]) or base_unit == "层":
        return "descriptor"  # 覆盖率、入学率两个100%; 综合楼共12层
    if is_alone and not prefix.level and not prefix.bound_word:
        if base_unit in ("人", "平方公里", "公顷", "亩") and _STANDING.search(bare):
            return "fact"
        if bare.endswith("建筑面积"):
            return "descriptor"
    if _NEEDED.search(folded, start, quantity.start):
        return "fact"
    if is_alone and not prefix.level and prefix.bound_word in ("约", "大约", "近", "将近") and _SIZE_OF_WHAT_IS.search(bare):
        return "fact"
    if _OF_PEOPLE.search(bare.strip()):
        return "fact"
    if _WEIGHT.search(bare):
        return "rule"
    if _IN_BASIS.match(folded, quantity.end, end) and re.search("在[^,，。;；]*$", folded[start : quantity.start]):
        return "fact"  # 在现有18家幼儿园基础上再新建2家
    return "fact" if base_unit == "元" and re.search(r"(?:去年|上年度?)的?结转$", bare) else ""


def describes_project(folded: str, quantity: Quantity, start: int, prefix: Prefix, is_final: bool, has_verb: bool) -> bool:
    """Whether a number only says how large a project is; what a thing is made for is no promise where no verb begins the phrase."""
    if _SAME_DESCRIPTION.search(folded, start, prefix.stop) or _HELD_BY_PROJECT.search(folded, max(0, quantity.start - 60), prefix.stop):
        return True
    bare = folded[max(start, prefix.stop - _REACH) : prefix.stop].rstrip()
    is_told = bool(_DESCRIBED.search(bare) or not has_verb and _ATTRIBUTE.search(bare))
    return is_final and not prefix.bound_word and not prefix.level and "完成" not in bare and is_told
