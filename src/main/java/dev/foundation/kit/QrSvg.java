package dev.foundation.kit;

import dev.foundation.secret.Secret;
import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.Optional;

/** A QR code (ISO/IEC 18004) as SVG: one path, four modules of white around it. */
final class QrSvg {
    private static final int QUIET = 4;

    private QrSvg() {}

    /** Empty where the text is longer than a code can hold. */
    static Optional<String> of(Secret<String> text) {
        QrCode code;
        try {
            code = QrCode.encodeText(text.expose(), QrCode.Ecc.MEDIUM);
        } catch (DataTooLongException e) {
            return Optional.empty();
        }
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        int side = code.size + 2 * QUIET;
        return Optional.of("<svg viewBox=\"0 0 " + side + " " + side + "\" shape-rendering=\"crispEdges\"><path d=\""
                + path + "\"/></svg>");
    }
}
