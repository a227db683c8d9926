package io.regulars.local.demo.shop;

import java.util.Arrays;
import java.util.List;

/// Where customers live: provinces by their share of online shopping, each with some of its cities.
final class Places {

    record Place(String region, String city) {}

    private record Province(String name, double weight, List<String> cities) {}

    private static final Weighted<Province> PROVINCES =
            new Weighted<>("""
            广东 13.5 广州 深圳 东莞 佛山 惠州
            浙江 10.5 杭州 宁波 温州 金华 嘉兴
            江苏 10.2 南京 苏州 无锡 南通 徐州
            上海 6.2 上海
            山东 6.1 济南 青岛 烟台 临沂
            北京 5.6 北京
            四川 5.2 成都 绵阳 宜宾
            河南 5.0 郑州 洛阳 南阳
            湖北 4.3 武汉 宜昌 襄阳
            福建 4.2 福州 厦门 泉州
            安徽 3.7 合肥 芜湖 阜阳
            湖南 3.6 长沙 岳阳 衡阳
            河北 3.3 石家庄 保定 唐山
            辽宁 2.6 沈阳 大连
            陕西 2.4 西安 咸阳
            江西 2.3 南昌 赣州
            重庆 2.3 重庆
            广西 2.0 南宁 柳州
            云南 1.8 昆明 曲靖
            黑龙江 1.4 哈尔滨 大庆
            山西 1.3 太原 大同
            贵州 1.2 贵阳 遵义
            吉林 1.1 长春 吉林
            天津 1.1 天津
            内蒙古 0.8 呼和浩特 包头
            新疆 0.7 乌鲁木齐
            甘肃 0.6 兰州
            海南 0.6 海口 三亚
            宁夏 0.3 银川
            青海 0.2 西宁
            西藏 0.1 拉萨
            """.lines().map(Places::province).toList(), Province::weight);

    private Places() {}

    static Place draw(Draws draws) {
        var province = PROVINCES.draw(draws);
        // The first city of each list is the largest.
        var cities = province.cities();
        var city = draws.chance(0.4) ? cities.getFirst() : draws.pick(cities);
        return new Place(province.name(), city);
    }

    private static Province province(String row) {
        var cells = row.strip().split(" ");
        return new Province(
                cells[0],
                Double.parseDouble(cells[1]),
                List.copyOf(Arrays.asList(cells).subList(2, cells.length)));
    }
}
