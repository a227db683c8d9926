package io.regulars.local.demo.shop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Chinese names, drawn about as often as they are borne.
final class Names {

    /// Share in ten thousand people.
    private static final Weighted<String> SURNAMES = Weighted.words("""
            王 715 李 708 张 674 刘 538 陈 507 杨 308 黄 223 赵 221 吴 205 周 200 徐 167 孙 155 马 137 朱 128 胡 127
            郭 121 何 120 林 119 高 110 罗 98 郑 92 梁 88 谢 77 宋 75 唐 72 许 66 韩 65 邓 64 冯 63 曹 62
            彭 58 曾 58 肖 57 田 53 董 52 潘 50 袁 49 蔡 48 蒋 47 余 46 于 46 杜 45 叶 44 程 43 魏 43
            苏 42 吕 41 丁 40 任 40 卢 39 姚 38 沈 38 钟 37 姜 36 崔 36 谭 35 陆 34 范 33 汪 33 廖 32
            欧阳 9 上官 1 司徒 1 诸葛 1 仉 0.5 乜 0.5
            """);

    private static final Map<String, String> LATIN = pairs("""
            王 wang 李 li 张 zhang 刘 liu 陈 chen 杨 yang 黄 huang 赵 zhao 吴 wu 周 zhou 徐 xu 孙 sun 马 ma 朱 zhu
            胡 hu 郭 guo 何 he 林 lin 高 gao 罗 luo 郑 zheng 梁 liang 谢 xie 宋 song 唐 tang 许 xu 韩 han 邓 deng
            冯 feng 曹 cao 彭 peng 曾 zeng 肖 xiao 田 tian 董 dong 潘 pan 袁 yuan 蔡 cai 蒋 jiang 余 yu 于 yu
            杜 du 叶 ye 程 cheng 魏 wei 苏 su 吕 lv 丁 ding 任 ren 卢 lu 姚 yao 沈 shen 钟 zhong 姜 jiang 崔 cui
            谭 tan 陆 lu 范 fan 汪 wang 廖 liao 欧阳 ouyang 上官 shangguan 司徒 situ 诸葛 zhuge 仉 zhang 乜 nie
            """);

    private static final Weighted<String> FEMALE = Weighted.words("""
            欣怡 9 雨涵 8 诗涵 7 梓涵 7 静 9 丽 8 敏 8 婷 8 婷婷 6 雪 6 艳 6 娟 6 芳 6 燕 6 玲 6 洁 6 颖 6 倩 6
            佳怡 6 思琪 5 晓燕 5 丽娜 5 雅婷 6 梦瑶 5 欣妍 5 紫涵 5 可欣 5 嘉怡 5 雨桐 5 若曦 4 语嫣 4 秀英 3 桂兰 2
            海燕 4 春梅 3 晓雯 4 慧敏 4 美玲 4 佩珊 3 淑华 2 妍 4 琳 5 莉 5 萍 4 瑶 4 菲 4 悦 5 蕾 4 璐 4 薇 4
            思雨 5 依诺 5 一诺 5 沐宸 2 子萱 5 馨予 3 清扬 2 知夏 2 望舒 2 彧婧 1 𫖳然 0.4
            """);

    private static final Weighted<String> MALE = Weighted.words("""
            伟 9 强 8 磊 8 军 7 洋 7 勇 7 杰 7 涛 7 超 7 明 7 刚 6 平 5 辉 6 鹏 7 华 6 飞 6 鑫 6 波 6 斌 6 宇 6 浩 6 凯 6
            浩然 6 子轩 6 宇轩 6 浩宇 6 俊杰 6 志强 5 建国 3 建军 3 文博 5 天佑 4 嘉豪 5 一鸣 5 子墨 5 皓轩 5 明哲 4 思远 4
            志明 4 家豪 4 晓东 4 海波 3 国栋 3 振华 3 博文 4 睿 4 昊天 4 泽宇 5 梓豪 4 俊熙 3 奕辰 4
            喆 2 堃 1.5 犇 0.6 龘 0.3 𠮷 0.3
            """);

    /// Nicknames that some shops hold in the place of a name.
    private static final List<String> NICKNAMES = List.of("小鱼儿妈妈🐟", "Cindy 爱生活", "豆豆爸");

    private Names() {}

    static String full(Draws draws, boolean female, int customer) {
        // A few fixed customers keep nicknames, so that emoji and Latin names are in every demo.
        if (customer % 700 == 41) {
            return NICKNAMES.get(customer / 700 % NICKNAMES.size());
        }
        return SURNAMES.draw(draws) + (female ? FEMALE : MALE).draw(draws);
    }

    /// For an e-mail address: the surname in pinyin, or a plain word for a nickname.
    static String latin(String name) {
        var two = LATIN.get(name.substring(0, Math.min(2, name.length())));
        return two != null ? two : LATIN.getOrDefault(name.substring(0, 1), "guest");
    }

    private static Map<String, String> pairs(String table) {
        var cells = table.strip().split("\\s+");
        var map = new HashMap<String, String>();
        for (var i = 0; i < cells.length; i += 2) {
            map.put(cells[i], cells[i + 1]);
        }
        return Map.copyOf(map);
    }
}
