package io.regulars.local.demo.shop;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Baby care and household goods: what is used up, with how long it lasts, and what is bought once.
final class Catalogue {

    /// code | name | category | price | days that one unit lasts | popularity | related codes
    private static final String TABLE = """
            BW-080 | 婴儿柔湿巾 80抽 | 湿巾 | 19.90 | 20 | 30 | BW-HM,CR-050
            BW-400 | 婴儿柔湿巾 80抽×5包 | 湿巾 | 85.00 | 100 | 8 | BW-HM,CR-050
            BW-HM | 婴儿手口湿巾 60抽 | 湿巾 | 16.90 | 15 | 12 | BW-080,SN-001
            DP-S | 超薄纸尿裤 S 60片 | 纸尿裤 | 89.00 | 8 | 20 | BW-080,CR-050
            DP-M | 超薄纸尿裤 M 54片 | 纸尿裤 | 95.00 | 9 | 20 | BW-080,CR-050
            DP-L | 超薄纸尿裤 L 50片 | 纸尿裤 | 99.00 | 10 | 20 | BW-080,CR-050
            DP-XL | 拉拉裤 XL 48片 | 纸尿裤 | 109.00 | 12 | 20 | BW-080,TY-002
            DP-PAD | 一次性隔尿垫 20片 | 纸尿裤 | 29.90 | 10 | 6 | DP-S,DP-M
            MF-1 | 婴儿配方奶粉 1段 900g | 奶粉辅食 | 268.00 | 9 | 16 | FB-240,BC-500
            MF-2 | 较大婴儿配方奶粉 2段 900g | 奶粉辅食 | 258.00 | 10 | 16 | FB-240,RC-225
            MF-3 | 幼儿配方奶粉 3段 900g | 奶粉辅食 | 248.00 | 15 | 16 | SN-001,RC-225
            RC-225 | 高铁婴儿米粉 225g | 奶粉辅食 | 45.00 | 15 | 9 | SN-001,MF-2
            SN-001 | 宝宝泡芙 49g | 奶粉辅食 | 19.90 | 7 | 7 | RC-225,BW-HM
            SH-400 | 婴儿洗发沐浴露 400ml | 婴儿洗护 | 69.00 | 60 | 10 | LO-200
            LO-200 | 婴儿润肤乳 200ml | 婴儿洗护 | 79.00 | 45 | 9 | SH-400,SUN-60
            CR-050 | 护臀膏 50g | 婴儿洗护 | 59.00 | 40 | 8 | BW-080
            SUN-60 | 儿童防晒乳 60ml | 婴儿洗护 | 99.00 | 45 | 4 | LO-200
            FB-240 | 玻璃奶瓶 240ml | 喂养用品 | 89.00 | - | 5 | NP-2,BC-500
            NP-2 | 硅胶奶嘴 2只 | 喂养用品 | 39.00 | 60 | 6 | FB-240
            BC-500 | 奶瓶清洗剂 500ml | 喂养用品 | 36.00 | 35 | 7 | FB-240
            ST-01 | 奶瓶消毒柜 | 喂养用品 | 399.00 | - | 2 | FB-240,BC-500
            BP-01 | 电动吸奶器 | 喂养用品 | 699.00 | - | 1.5 | FB-240,ST-01
            LD-3 | 亲肤洗衣液 3L | 家居清洁 | 49.90 | 45 | 18 | LB-30,DI-160
            LB-30 | 洗衣凝珠 30颗 | 家居清洁 | 39.90 | 30 | 12 | LD-3
            DW-15 | 洗洁精 1.5kg | 家居清洁 | 19.90 | 40 | 12 | KT-4
            DI-160 | 衣物消毒液 1.6L | 家居清洁 | 45.00 | 60 | 6 | LD-3
            TB-75 | 洁厕液 750ml×2 | 家居清洁 | 25.80 | 45 | 6 | TP-24
            GB-100 | 加厚垃圾袋 100只 | 家居清洁 | 15.90 | 33 | 12 | KT-4
            TP-24 | 无芯卷纸 24卷 | 纸品 | 59.00 | 36 | 16 | FT-18,TB-75
            FT-18 | 抽纸 18包 | 纸品 | 39.90 | 30 | 20 | TP-24,KT-4
            KT-4 | 厨房用纸 4卷 | 纸品 | 22.90 | 28 | 9 | DW-15
            WF-180 | 棉柔洗脸巾 60抽×3 | 纸品 | 39.90 | 45 | 12 | FT-18
            TY-001 | 早教布书 6本 | 玩具 | 49.00 | - | 4 | TY-003
            TY-002 | 木制积木 100粒 | 玩具 | 129.00 | - | 3 | TY-001
            TY-003 | 婴儿健身架 | 玩具 | 239.00 | - | 2 | TY-001
            SR-01 | 轻便婴儿推车 | 出行 | 899.00 | - | 1.2 | CS-01
            CS-01 | 儿童安全座椅 | 出行 | 1599.00 | - | 0.8 | SR-01
            TH-01 | 红外耳温枪 | 家用电器 | 199.00 | - | 2 | CR-050
            HU-01 | 静音加湿器 | 家用电器 | 329.00 | - | 2 | AP-01
            HD-01 | 负离子吹风机 | 家用电器 | 259.00 | - | 2 | WF-180,SH-400
            AP-01 | 空气净化器 | 家用电器 | 1899.00 | - | 0.8 | AP-F,HU-01
            AP-F | 净化器滤芯 | 家用电器 | 259.00 | 180 | 1 | AP-01
            """;

    static final List<Product> PRODUCTS = TABLE.lines().map(Catalogue::product).toList();

    private static final Map<String, Product> BY_CODE =
            PRODUCTS.stream().collect(Collectors.toUnmodifiableMap(Product::code, Function.identity()));

    private Catalogue() {}

    static Product get(String code) {
        return BY_CODE.get(code);
    }

    private static Product product(String row) {
        var cells = Arrays.stream(row.split("\\|")).map(String::strip).toArray(String[]::new);
        return new Product(
                cells[0],
                cells[1],
                cells[2],
                new BigDecimal(cells[3]).movePointRight(2).longValueExact(),
                cells[4].equals("-") ? null : Double.valueOf(cells[4]),
                Double.parseDouble(cells[5]),
                List.of(cells[6].split(",")));
    }
}
