package dev.foundation.recover;

import dev.foundation.bundle.Seal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a point's services can be restored into those that this clone runs (P7): the same products, none of them older. Pure. */
public final class Products {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private Products() {}

    /**
     * @param sealed by service, from the seal
     * @param here by service
     * @return what stands against it, each a sentence; empty if nothing does
     */
    public static List<String> against(Map<String, Seal.Product> sealed, Map<String, Seal.Product> here) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(sealed).forEach((service, was) -> {
            Seal.Product is = here.get(service);
            if (is == null) {
                problems.add("the point has " + service + " (" + was.name() + " " + was.version()
                        + "), which is switched off here: switch it on in Pulumi.foundation.yaml");
            } else if (!family(was.name()).equals(family(is.name()))) {
                problems.add("the point's " + service + " is " + was.name() + ", and here it is " + is.name()
                        + ": one is never restored into the other");
            } else if (!family(was.name()).equals("s3") && older(is.version(), was.version())) {
                problems.add("the point's " + service + " is " + was.name() + " " + was.version() + ", newer than "
                        + is.version() + " here: take a VERSIONS that names at least that");
            }
        });
        return problems;
    }

    /** S3 servers all take objects over S3; nothing of their own folders is in a point. */
    private static String family(String product) {
        return switch (product) {
            case "rustfs", "versitygw" -> "s3";
            case "postgres", "postgresql" -> "postgres";
            default -> product;
        };
    }

    /** By their numbers, from the left. */
    static boolean older(String version, String than) {
        List<BigInteger> left = numbers(version);
        List<BigInteger> right = numbers(than);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int compared = (i < left.size() ? left.get(i) : BigInteger.ZERO)
                    .compareTo(i < right.size() ? right.get(i) : BigInteger.ZERO);
            if (compared != 0) {
                return compared < 0;
            }
        }
        return false;
    }

    private static List<BigInteger> numbers(String version) {
        List<BigInteger> numbers = new ArrayList<>();
        Matcher each = NUMBER.matcher(version);
        while (each.find()) {
            numbers.add(new BigInteger(each.group()));
        }
        return numbers;
    }
}
